/**
 * Where a secret may begin. Texts are often JSON or an address, where the character before may belong to an escape:
 * the `n` of `\n`, the `0a` of `\u000a`, the `3D` of `%3D`. A match never begins within one, so that JSON stays JSON.
 */
const afterEscape = String.raw`(?<=\\[bfnrt]|\\u[\dA-Fa-f]{4}|%[\dA-Fa-f]{2})`;

/** Source of a pattern: not after a character that may itself belong to the secret. `body` is the inside of a class. */
export function beginning(body: string): string {
  return String.raw`(?:(?<![${body}\\])|${afterEscape})`;
}

/** What keys and tokens are made of. */
export const WORD = String.raw`A-Za-z0-9_\-`;
