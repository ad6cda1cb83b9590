import type { Bag } from './terms.ts';

/** Saturation of a term's count, and how far the length of a document counts: the usual values. */
const K1 = 1.2;
const B = 0.75;

export type Scored<Id> = { id: Id; score: number };

/** Documents to be ranked, with the lengths that the ranking needs. */
export type Corpus<Id> = { documents: readonly { id: Id; bag: Bag; length: number }[]; meanLength: number };

export function corpusOf<Id>(bags: readonly { id: Id; bag: Bag }[]): Corpus<Id> {
  const documents = bags.map(({ id, bag }) => {
    let length = 0;
    for (const count of bag.values()) length += count;
    return { id, bag, length };
  });
  const total = documents.reduce((sum, { length }) => sum + length, 0);
  return { documents, meanLength: total / Math.max(1, documents.length) };
}

/** A word that the query repeats counts at most so often. */
const MOST_REPEATS = 3;

/**
 * Ranks documents for a query by Okapi BM25, the best first; those without a term of the query are left out.
 * Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, section 3.
 */
export function rankByBm25<Id>(query: Bag, { documents, meanLength }: Corpus<Id>): Scored<Id>[] {
  const scores = new Float64Array(documents.length);
  for (const [term, repeats] of query) {
    const holders: { place: number; saturated: number }[] = [];
    for (const [place, { bag, length }] of documents.entries()) {
      const count = bag.get(term);
      if (count === undefined) continue;
      const saturated = (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / meanLength));
      holders.push({ place, saturated });
    }
    const rarity = Math.log(1 + (documents.length - holders.length + 0.5) / (holders.length + 0.5));
    const weight = Math.min(repeats, MOST_REPEATS) * rarity;
    for (const { place, saturated } of holders) scores[place] = (scores[place] ?? 0) + weight * saturated;
  }
  return documents
    .map(({ id }, place) => ({ id, score: scores[place] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}
