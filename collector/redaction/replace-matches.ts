import type { Match } from './rule.ts';

/**
 * The text with the replacement in the place of each match. Where a match is a bare number of a JSON text, the
 * replacement is put in quotes, so that JSON stays JSON.
 *
 * @param matches in order, none overlapping another.
 * @param replacement without quotes, backslashes and control characters.
 */
export function replaceMatches(text: string, matches: readonly Match[], replacement: string): string {
  const isWithinString = stringsOf(text);
  let replaced = '';
  let at = 0;
  for (const match of matches) {
    const quote = isBare(text, match) ? quoteFor(text, match, isWithinString) : '';
    replaced += text.slice(at, match.start) + quote + replacement + quote;
    at = match.end;
  }
  return replaced + text.slice(at);
}

/** Whether a match has a colon, comma or bracket before it and a comma or bracket behind, as a number of JSON has. */
function isBare(text: string, { start, end }: Match): boolean {
  return (
    /[:,[][ \t\r\n]*$/.test(text.slice(Math.max(0, start - 64), start)) &&
    /^(?:[ \t\r\n]|\\{1,8}[nrt])*[,}\]]/.test(text.slice(end, end + 64))
  );
}

/** The quote of its level: that of the key before it where JSON is text in JSON, else JSON's own; none in prose. */
function quoteFor(text: string, { start }: Match, isWithinString: (at: number) => boolean): string {
  if (!/^[ \t\r\n]*[{[]/.test(text.slice(0, 64))) return '';
  if (!isWithinString(start)) return '"';
  const ofKey = /(\\+")[ \t]*:[ \t]*$/.exec(text.slice(Math.max(0, start - 64), start))?.[1] ?? '';
  return ofKey.length % 2 === 0 ? ofKey : '';
}

/** Tells whether a place of a JSON text lies within a string; to be asked for one place after the other. */
function stringsOf(text: string): (at: number) => boolean {
  let seen = 0;
  let within = false;
  return (at) => {
    for (; seen < at; seen++) {
      const character = text[seen];
      if (character === '"') within = !within;
      else if (within && character === '\\') seen++;
    }
    return within;
  };
}
