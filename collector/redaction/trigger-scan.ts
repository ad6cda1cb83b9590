/** Digits in a row, single spaces and hyphens between them left aside, that may be a card number. */
const FEWEST_DIGITS = 13;

const SPACE = 0x20;
const HYPHEN = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const DIGITS = Array.from({ length: 10 }, (_, digit) => ZERO + digit);

/** Characters of text from the commonest to the rarest, roughly; capitals and what is not named are rarer still. */
const BY_FREQUENCY = 'e taoinsr_.hl-dcumpg0123456789:/fywbvkxjqz';

/** Places of a request at which there may be something to redact, and by whom, as a set of bits. */
export type Places = { at: number[]; who: number[] };

/** Finds the places, in ascending order; `null` where there are so many that they are not worth to be kept. */
export type TriggerScan = (bytes: Uint8Array) => Places | null;

/** Bytes of a request to one place that is kept: what bounds the memory that hostile requests take. */
const BYTES_A_PLACE = 16;
const ALWAYS_KEPT = 1000;

/** What to find, and a set of bits of the caller's: who asks for it. */
export type Wanted = {
  /** Lower-case ASCII; found in either case. Two bytes would be too common: one, three or more. */
  triggers: ReadonlyMap<string, number>;
  /** Who asks for rows of digits; 0 for nobody. */
  digits: number;
};

/** A trigger or a row of digits, and which of its bytes is the first of the pair that leads to it. */
type Lead = { trigger: Uint8Array | 'digits'; offset: number; who: number };

/**
 * A scan of whole requests, one look at every two bytes: nearly all of a request has nothing to redact, and this is
 * all that it costs then. What it finds are places within a trigger or a row of digits; ids and lengths may look like
 * text by chance.
 */
export function createTriggerScan({ triggers, digits }: Wanted): TriggerScan {
  const leads = leadsOf({ triggers, digits });
  const kinds = new Uint16Array(65_536);
  const byKind: (readonly Lead[])[] = [[]];
  for (const [pair, of] of leads) kinds[pair] = byKind.push(of) - 1;

  return (bytes) => {
    const places: Places = { at: [], who: [] };
    const add = (at: number, who: number) => {
      places.at.push(at);
      places.who.push(who);
    };
    const last = bytes.length - 1;
    const most = ALWAYS_KEPT + bytes.length / BYTES_A_PLACE;
    for (let at = 0; at <= last; at += 2) {
      const second = at < last ? (bytes[at + 1] ?? 0) : 0;
      const kind = kinds[((bytes[at] ?? 0) << 8) | second] ?? 0;
      if (kind === 0) continue;
      if (places.at.length > most) return null;
      for (const { trigger, offset, who } of byKind[kind] ?? []) {
        const found = trigger === 'digits' ? isDigitRow(bytes, at) : startsWith(bytes, at - offset, trigger);
        if (found) add(Math.max(at, at - offset), who);
      }
    }
    return places;
  };
}

/**
 * By pair of bytes, what may be there. Of three bytes in a row one pair or the other lies at an even place: of each
 * trigger the rarest three are taken. A trigger of a single byte is in a pair with anything.
 */
function leadsOf({ triggers, digits }: Wanted): Map<number, Lead[]> {
  const leads = new Map<number, Lead[]>();
  const add = (first: number, second: number, lead: Lead) => {
    for (const high of bothCases(first)) {
      for (const low of bothCases(second)) {
        const pair = (high << 8) | low;
        leads.set(pair, [...(leads.get(pair) ?? []), lead]);
      }
    }
  };
  for (const [text, who] of triggers) {
    const trigger = Buffer.from(text, 'latin1');
    if (trigger.length >= 3) {
      const offset = rarestThree(text);
      for (const at of [offset, offset + 1]) {
        add(trigger[at] ?? 0, trigger[at + 1] ?? 0, { trigger, offset: at, who });
      }
      continue;
    }
    const [only = 0] = trigger;
    for (let other = 0; other < 256; other++) {
      if (other >= 0x41 && other <= 0x5a) continue; // Added with the small letter.
      add(only, other, { trigger, offset: 0, who });
      add(other, only, { trigger, offset: -1, who });
    }
  }
  if (digits !== 0) {
    for (const first of DIGITS) {
      for (const second of DIGITS) add(first, second, { trigger: 'digits', offset: 0, who: digits });
    }
  }
  return leads;
}

/** Where in a text the three characters begin whose two pairs are the rarest. */
function rarestThree(text: string): number {
  const rarity = [...text].map((character) => {
    const rank = BY_FREQUENCY.indexOf(character);
    return rank === -1 ? BY_FREQUENCY.length : rank;
  });
  const pair = (at: number) => 0.9 ** ((rarity[at] ?? 0) + (rarity[at + 1] ?? 0));
  let best = 0;
  for (let at = 1; at + 2 < text.length; at++) {
    if (pair(at) + pair(at + 1) < pair(best) + pair(best + 1)) best = at;
  }
  return best;
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
  if (at < 0) return false;
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
