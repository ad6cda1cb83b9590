const REQUEST =
  /\b(?:let (?:me|us) know|(?:tell|advise) (?:me|us)|specify|clarify|confirm|choose|indicate)\b.{0,40}\b(?:which|who|whom|whether|what)\b/i;

/**
 * Whether a text asks for an answer: a question mark, or a request in clear words ("please let me know which Anna you
 * mean"). That one may ask in return ("let me know if I can help") is none. A rule of words, as `handsOver`.
 */
export function asks(text: string): boolean {
  return text.includes('?') || text.split(/[.!;\n]+/).some((sentence) => REQUEST.test(sentence));
}
