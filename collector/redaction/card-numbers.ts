import { findAll, marker, type Rule } from './rule.ts';

/** Not within a longer number, a decimal fraction, a hexadecimal id or a UUID. An escape may precede: see boundary.ts. */
const begin = String.raw`(?:(?<![A-Za-z0-9\\]|\d[.\-])|(?<=\\[bfnrt]|\\u[\dA-Fa-f]{4}|%[\dA-Fa-f]{2}))`;
const end = String.raw`(?![A-Za-z0-9]|[.\-]\d)`;

const grouped = String.raw`\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5}`;
const pattern = new RegExp(`${begin}(?:\\d{14,19}|${grouped})${end}`, 'g');

/** Issuers by first digits and length: https://en.wikipedia.org/wiki/Payment_card_number */
const ISSUERS = new RegExp(
  `^(?:${[
    String.raw`4\d{15}(?:\d{3})?`, // Visa
    String.raw`5[1-5]\d{14}`, // Mastercard
    String.raw`2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}`,
    String.raw`3[47]\d{13}`, // American Express
    String.raw`3(?:0[0-5]|[689]\d)\d{11}`, // Diners Club
    String.raw`35(?:2[89]|[3-8]\d)\d{12}`, // JCB
    String.raw`6(?:0|3|4|5|7)\d{14}`, // Discover, RuPay, Maestro
    String.raw`62\d{14,17}`, // UnionPay
    String.raw`5(?:0|6|7|8)\d{14}`, // Maestro
    String.raw`220[0-4]\d{12}`, // Mir
  ].join('|')})$`,
);

/** Numbers of payment cards: an issuer's first digits and length, and the check digit right. */
export const cardNumbers: Rule = {
  name: 'card-numbers',
  replacement: marker('card-number'),
  triggers: [],
  digits: true,
  encoding: 'latin1',
  find: (text) => findAll(text, pattern, { accept: (found) => isCardNumber(found.replaceAll(/[ -]/g, '')) }),
};

function isCardNumber(digits: string): boolean {
  return ISSUERS.test(digits) && passesLuhn(digits);
}

/** Whether the last digit is the check digit of the others: ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
