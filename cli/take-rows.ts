const NEWLINE = 10;
const QUOTE = 34;

/** Lets rows through and says in the end how many there were and whether more came. */
export type RowGate = {
  /** The part of the bytes that is shown. */
  pass(bytes: Uint8Array): Uint8Array;
  rows(): number;
  more(): boolean;
};

/**
 * Ends an answer after `limit` rows. A row ends with its line; a line break in a quoted text of CSV is none.
 *
 * @param headers lines before the first row @param quoted whether a double quote begins and ends a text
 */
export function takeRows(limit: number, { headers, quoted }: { headers: number; quoted: boolean }): RowGate {
  let lines = 0;
  let inside = false;
  let more = false;
  return {
    pass(bytes) {
      for (let at = 0; at < bytes.length; at++) {
        if (lines === limit + headers) {
          more = true;
          return bytes.subarray(0, at);
        }
        const byte = bytes[at];
        if (quoted && byte === QUOTE) inside = !inside;
        else if (byte === NEWLINE && !inside) lines++;
      }
      return bytes;
    },
    rows: () => Math.max(0, lines - headers),
    more: () => more,
  };
}
