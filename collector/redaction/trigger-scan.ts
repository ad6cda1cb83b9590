/** Digits in a row, single spaces and hyphens between them left aside, that may be a card number. */
const FEWEST_DIGITS = 13;

const SPACE = 0x20;
const HYPHEN = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** Finds the places of a request at which there may be something to redact. */
export type TriggerScan = (bytes: Uint8Array) => number[];

/**
 * A scan of whole requests, one look at every two bytes: nearly all of a request has nothing to redact, and this is
 * all that it costs then. What it finds are places to look at, the first byte of each; ids and lengths may look like
 * text by chance.
 *
 * @param triggers lower-case ASCII; found in either case. Two bytes would be too common: one, three or more.
 * @param digits whether rows of digits are to be found, too: one place or several of each.
 */
export function createTriggerScan(triggers: readonly string[], digits: boolean): TriggerScan {
  const pairs = pairTable(triggers, digits);
  const byFirst: (readonly Uint8Array[] | undefined)[] = Array(256);
  for (const trigger of triggers) {
    const bytes = Buffer.from(trigger, 'latin1');
    const first = bytes[0] ?? 0;
    byFirst[first] = [...(byFirst[first] ?? []), bytes];
  }

  const isTrigger = (bytes: Uint8Array, at: number): boolean => {
    const candidates = byFirst[FOLDED[bytes[at] ?? 0] ?? 0];
    return candidates?.some((trigger) => startsWith(bytes, at, trigger)) ?? false;
  };

  return (bytes) => {
    const places: number[] = [];
    const last = bytes.length - 1;
    for (let at = 0; at <= last; at += 2) {
      const first = bytes[at] ?? 0;
      const second = at < last ? (bytes[at + 1] ?? 0) : 0;
      if (pairs[(first << 8) | second] === 0) continue;
      if (at > 0 && places.at(-1) !== at - 1 && isTrigger(bytes, at - 1)) places.push(at - 1);
      if (isTrigger(bytes, at) || (digits && isDigitRow(bytes, at))) places.push(at);
      if (isTrigger(bytes, at + 1)) places.push(at + 1);
    }
    return places;
  };
}

/**
 * A trigger of three bytes or more has a pair of its own at an even place, be it its first or its second; one of a
 * single byte is in a pair with anything.
 */
function pairTable(triggers: readonly string[], digits: boolean): Uint8Array {
  const pairs = new Uint8Array(65_536);
  const add = (first: number, second: number) => {
    for (const high of bothCases(first)) {
      for (const low of bothCases(second)) pairs[(high << 8) | low] = 1;
    }
  };
  for (const trigger of triggers) {
    const [first = 0, second, third] = Buffer.from(trigger, 'latin1');
    if (second !== undefined && third !== undefined) {
      add(first, second);
      add(second, third);
    } else {
      for (let other = 0; other < 256; other++) {
        add(first, other);
        add(other, first);
      }
    }
  }
  if (digits) {
    for (let first = ZERO; first <= NINE; first++) {
      for (let second = ZERO; second <= NINE; second++) add(first, second);
    }
  }
  return pairs;
}

function isDigitRow(bytes: Uint8Array, from: number): boolean {
  let count = 0;
  let separated = true;
  for (let at = from; count < FEWEST_DIGITS; at++) {
    const byte = bytes[at];
    if (byte === undefined) return false;
    const isDigit = byte >= ZERO && byte <= NINE;
    if (!isDigit && (separated || (byte !== SPACE && byte !== HYPHEN))) return false;
    if (isDigit) count++;
    separated = !isDigit;
  }
  return true;
}

function startsWith(bytes: Uint8Array, at: number, trigger: Uint8Array): boolean {
  for (let i = 0; i < trigger.length; i++) {
    if (FOLDED[bytes[at + i] ?? 0] !== trigger[i]) return false;
  }
  return true;
}

/** ASCII capitals as small letters, every other byte as it is. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte,
);

function bothCases(byte: number): number[] {
  return byte >= 0x61 && byte <= 0x7a ? [byte, byte - 32] : [byte];
}
