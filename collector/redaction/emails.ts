import { addMatch, type Match, marker, type Rule } from './rule.ts';

/**
 * A letter beyond ASCII, Latin to Armenian: two bytes of UTF-8, or JSON's escape. Scripts that are written without
 * spaces are left out, or a whole sentence before an address would go with it.
 */
const letter = String.raw`[\xc3-\xd6][\x80-\xbf]|\\u0(?:0[C-Fc-f]|[1-5][\dA-Fa-f])[\dA-Fa-f]`;

/** What follows the @. Files like `icon@2x.png` and packages like `next@15.0.1-rc.one` have none. */
const host = String.raw`(?!\dx\.|\d+\.\d+\.\d)(?:(?:[A-Za-z0-9\-]|${letter}){1,63}\.){1,8}(?:[A-Za-z]|${letter}){2,24}(?![A-Za-z0-9])`;
const afterAt = new RegExp(`(?:@|%40)${host}`, 'g');

/** Not within an escape of JSON or of an address, of which the rest would make no sense. */
const outsideEscape = String.raw`(?<!\\|\\u[\dA-Fa-f]{0,3}|%(?=[\dA-Fa-f]{2})[\dA-Fa-f]?)`;

/** What precedes the @, read backwards from it. An apostrophe belongs to it within a name only: o'brien. */
const local = new RegExp(
  String.raw`(?:${outsideEscape}[A-Za-z0-9_.+\-]|(?<=[A-Za-z])'(?=[A-Za-z])|%2[Bb]|${letter})+$`,
);
/** RFC 5321 allows 64 characters; some of them are written in several bytes. */
const longestLocal = 96;

/** E-mail addresses. */
export const emails: Rule = {
  name: 'emails',
  replacement: marker('email'),
  triggers: ['@', '%40'],
  encoding: 'latin1',
  find(text) {
    const matches: Match[] = [];
    let free = 0;
    for (const match of text.matchAll(afterAt)) {
      const at = match.index;
      const end = at + match[0].length;
      const start = beginningOf(text, Math.max(free, at - longestLocal), at);
      // git@github.com:owner/name is the address of a repository.
      if (start === at || (text[end] === ':' && text.slice(start, at) === 'git')) continue;
      if (addMatch(matches, { start, end }, text)) break;
      free = end;
    }
    return matches;
  },
};

function beginningOf(text: string, from: number, at: number): number {
  const before = text.slice(from, at);
  return at - (local.exec(before)?.[0].length ?? 0);
}
