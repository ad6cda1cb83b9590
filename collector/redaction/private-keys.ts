import { findAll, marker, type Rule } from './rule.ts';

const label = '[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----';
/** Base64, header lines, and line ends and slashes as they are or escaped, as often as JSON was put into JSON. */
const content = String.raw`(?:[A-Za-z0-9+/=:,.() \t\r\n]|\\{1,8}[nrt/]|-(?!----)){0,20000}`;

const pattern = new RegExp(`-----BEGIN ${label}${content}(?:-----END ${label})?`, 'g');

/** Private keys in PEM's text form (RFC 7468) and PGP's; one that was cut goes as far as it looks like one. */
export const privateKeys: Rule = {
  name: 'private-keys',
  replacement: marker('private-key'),
  triggers: ['private key'],
  encoding: 'latin1',
  find: (text) => findAll(text, pattern),
};
