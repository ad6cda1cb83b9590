const CLEAR = /\b(?:escalat\w*|hand(?:s|ed|ing)?\b.{0,40}\b(?:over|off)|hand-?(?:over|off))\b/i;
const VERB = /\b(?:hand|pass|forward|transfer|refer|rout|assign|flag|leav|loop|bring|connect)\w*\b/i;
const PERSON =
  /\b(?:person|human|colleague|team(?:mate)?|manager|supervisor|specialist|owner|representative|rep|someone|agent)s?\b/i;
const NEGATION = /\b(?:not|never|cannot|unable)\b|n['’]t\b/i;

/**
 * Whether a text says that a person takes over. One sentence has to say it, without a negation: either in clear words
 * ("escalating", "handing this over") or with a verb of passing on and a word for a person ("passed it to our legal
 * team"). A rule of words, so that the same text is always judged alike; wording beyond it counts as not said.
 */
export function handsOver(text: string): boolean {
  return text
    .split(/[.!?;\n]+/)
    .some(
      (sentence) =>
        !NEGATION.test(sentence) && (CLEAR.test(sentence) || (VERB.test(sentence) && PERSON.test(sentence))),
    );
}
