const FILLER = new Set(
  `a about above after again all also always an and any are as at be because been before being below between both but by
  can cannot could did do does down each either every everything few first for from get give given go goes had has have he
  help her here hers him his how however i if in into is it its itself just keep know last let like look made make makes
  many may me might more most much must my need needs never no nor not nothing now of off often on once one only or other
  others our out over own please present same say says see set shall she should since so some such take than that the
  their them themselves then there these they thing this those through time to too two under until up us use used user
  users uses very want wants was way we were what when where whether which while who whole whose why will with without
  would yes yet you your`.split(/\s+/),
);

/** The words of a text in lower case, identifiers taken apart. */
export function wordsOf(text: string): string[] {
  const apart = text.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return apart.toLowerCase().match(/[a-z][a-z\d]*|\d{3,}/g) ?? [];
}

/** Those that mean something, each once, in their order. */
export function contentWords(text: string): string[] {
  return [...new Set(wordsOf(text))].filter((word) => word.length > 1 && !FILLER.has(word));
}

/** A word without its ending: one for singular and plural, for all forms of a verb. */
export function rootOf(word: string): string {
  return word.replace(/(?:ing|ed|s)$/, '');
}

export function camelCase(words: readonly string[]): string {
  return words
    .map((word, place) => (place === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

/** How alike two texts are in the words that mean something: 0 to 1 (Jaccard). */
export function likeness(left: string, right: string): number {
  const [a, b] = [new Set(roots(left)), new Set(roots(right))];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

function roots(text: string): string[] {
  return contentWords(text).map(rootOf);
}
