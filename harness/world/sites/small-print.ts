import { html, type Markup } from './markup.ts';

const SUBJECTS = [
  'The provider',
  'The customer',
  'Either party',
  'A third party',
  'The carrier',
  'The account holder',
];
const DUTIES = [
  'shall give notice in text form before the period named above has ended',
  'may withdraw from the contract without giving reasons, as long as nothing was used',
  'bears the cost of what was caused by want of care, and of nothing beyond that',
  'keeps the records that the law asks for, and deletes them when it asks no longer',
  'is not liable for delays that come from weather, strikes or the acts of authorities',
  'has to name a person who can be reached on working days, and to say so when that changes',
  'agrees that a clause which does not hold leaves the others as they are',
];

/** Terms as sites have them: long, in numbered clauses, and the same each time. */
export function smallPrint(title: string): Markup {
  const clauses = Array.from({ length: 48 }, (_, index) => index + 1);
  return html`<h1>${title}</h1><p>As of 1 January 2026.</p>${clauses.map(
    (number) =>
      html`<h2>${number}. ${title}, part ${number}</h2><p>${[0, 1, 2, 3].map(
        (sentence) =>
          `${SUBJECTS[(number + sentence) % SUBJECTS.length]} ${DUTIES[(number * 3 + sentence * 2) % DUTIES.length]}. `,
      )}</p>`,
  )}`;
}

/** Whether a topic of help is one of those that nobody reads. */
export function isSmallPrint(topic: string): boolean {
  return /^(?:terms|privacy|cookie|imprint|data-processing|returns|dispute)/.test(topic);
}
