import { beginning, WORD } from './boundary.ts';
import { findAll, marker, type Rule, withoutOverlaps } from './rule.ts';

/** A JSON object in base64 begins with `eyJ`: JSON Web Tokens, signed (three parts) or encrypted (five). RFC 7519. */
const jsonWebToken = `${beginning(WORD)}eyJ[${WORD}]{8,}\\.[${WORD}]{2,}\\.[${WORD}]*(?:\\.[${WORD}]+){0,2}`;
const googleToken = `${beginning(WORD)}ya29\\.[${WORD}]{20,}`;
const known = new RegExp(`${jsonWebToken}|${googleToken}`, 'g');

/** The scheme stays: that a request was authorised is no secret. RFC 6750, RFC 7617. */
const slash = String.raw`\\{0,8}\/`; // Some writers of JSON escape it.
const bearer = scheme('bearer', `(?:[A-Za-z0-9._~+\\-]|${slash}){16,4096}={0,2}`);
const basic = scheme('basic', `(?:[A-Za-z0-9+]|${slash}){6,4096}={0,2}`);

function scheme(name: string, secret: string): RegExp {
  const [initial = ''] = name;
  const written = `(?:[${initial.toUpperCase()}${initial}]${name.slice(1)}|${name.toUpperCase()})`;
  return new RegExp(`${beginning(WORD)}${written}(?: |%20|\\+)(?<secret>${secret})`, 'g');
}

/** Tokens that let their bearer in. */
export const tokens: Rule = {
  name: 'tokens',
  replacement: marker('token'),
  triggers: ['eyj', 'bearer', 'basic', 'ya29.'],
  encoding: 'latin1',
  find(text) {
    // "bearer" and "basic" are words, too: what follows must look drawn, or decode to `user:password`.
    return withoutOverlaps([
      ...findAll(text, known),
      ...findAll(text, bearer, { group: 'secret', accept: (token) => /\d/.test(token) }),
      ...findAll(text, basic, { group: 'secret', accept: isUserAndPassword }),
    ]);
  },
};

function isUserAndPassword(base64: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(
    Buffer.from(base64.replaceAll('\\', ''), 'base64').toString('latin1'),
  );
}
