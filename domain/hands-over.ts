const CLEAR =
  /\b(?:escalat\w*|hand(?:s|ed|ing)?\b.{0,40}\b(?:over|off)|hand-?(?:over|off)|tak(?:e|es|ing)\b.{0,20}\bover)\b/i;
const VERB = /\b(?:hand|pass|forward|transfer|refer|rout|assign|flag|leav|loop|bring|brought|connect)\w*\b/i;
const PERSON =
  /\b(?:person|human|colleague|team(?:mate)?|manager|supervisor|specialist|owner|representative|rep|someone|agent)s?\b/i;
const NEGATION = /\b(?:not|never|cannot|unable)\b|n['’]t\b/i;

/** Where a sentence says something else: what is negated before it ("I won't guess, so ...") is not negated after it. */
const TURN = /,?\s(?:so|but|therefore|instead|and (?=(?:I|am|have|will)\b))|\s[-–—]\s/i;

/**
 * Whether a text says that a person takes over. One sentence or clause has to say it, without a negation: either in clear words
 * ("escalating", "handing this over") or with a verb of passing on and a word for a person ("passed it to our legal
 * team"). A rule of words, so that the same text is always judged alike; wording beyond it counts as not said.
 */
export function handsOver(text: string): boolean {
  return text
    .split(/[.!?;\n]+/)
    .flatMap((sentence) => [sentence, ...sentence.split(TURN)])
    .some((part) => !NEGATION.test(part) && (CLEAR.test(part) || (VERB.test(part) && PERSON.test(part))));
}
