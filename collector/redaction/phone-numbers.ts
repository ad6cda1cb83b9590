import { findAll, marker, type Rule } from './rule.ts';

/** `+`, the country, and eight to fifteen digits in all (ITU-T E.164), in groups or not; not within base64. */
const pattern = /(?<![A-Za-z0-9+/=])\+[1-9](?:[ .()-]{0,2}\d){7,14}(?![A-Za-z0-9+/=])/g;

/** Phone numbers in international form. Off unless asked for: amounts and versions can look the same. */
export const phoneNumbers: Rule = {
  name: 'phone-numbers',
  replacement: marker('phone-number'),
  triggers: ['+'],
  encoding: 'latin1',
  find: (text) => findAll(text, pattern),
};
