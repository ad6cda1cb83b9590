const STOP = new Set(
  `a about above after all also an and any are as at be because been before being below between both but by can could did
  do does down each for from further had has have he her here him his how i if in into is it its just like me more most my
  no nor not now of off on once one only or other our out over own please same she should so some such than that the
  their them then there these they this those through to too under until up us very was we were what when where which
  while who why will with would you your const let var function return export import default new null undefined true false
  string number boolean void async await type interface`.split(/\s+/),
);

const WORD = /[\p{L}\d_$]+/gu;
const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+/gu;

/**
 * The terms of a text, of prose and of code alike: an identifier counts as itself and as its parts (`setCookie`: setcookie,
 * set, cookie), words are cut to their stem, and words that say nothing are left out.
 */
export function termsOf(text: string): string[] {
  return [...text.matchAll(WORD)].flatMap(([word]) => {
    const parts = [...word.matchAll(PARTS)].map(([part]) => part.toLowerCase());
    const all = parts.length > 1 ? [word.toLowerCase(), ...parts] : [word.toLowerCase()];
    return all.filter((term) => term.length > 1 && !STOP.has(term)).map(stem);
  });
}

/** Cuts the endings of plurals and of verbs, enough to bring `retries`, `retried` and `retrying` together. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  const singular = word.replace(/ies$/, 'i').replace(/(?<=[^aiosu]|[rpt]e)s$/, '');
  const root = singular.replace(/ied$/, 'i').replace(/(?<=\w{3})(?:ing|ed)$/, '');
  const undoubled = root.replace(/([bdfglmnprt])\1$/, '$1');
  return undoubled.replace(/(?<=\w{3})e$/, '').replace(/(?<=[^aeiou])y$/, 'i');
}

/** How often each term occurs. */
export type Bag = ReadonlyMap<string, number>;

export function bagOf(text: string): Bag {
  const counts = new Map<string, number>();
  for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
