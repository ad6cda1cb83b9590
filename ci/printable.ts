/**
 * A text as one line that is safe on a terminal: white space becomes single blanks; control characters (an agent may
 * have written escape sequences) and marks that turn the direction of writing become U+FFFD.
 */
export function printable(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, '\u{FFFD}')
    .trim();
}
