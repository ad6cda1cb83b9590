import { type Corpus, corpusOf, rankByBm25 } from './bm25.ts';
import type { IndexedFile, RepositoryIndex } from './repository-index.ts';
import { inOrder, type Scores, scaled, sum } from './scores.ts';
import { bagOf } from './terms.ts';

/** What the search draws upon beside the text of the files and the words of the request. */
export type Sources = {
  /** Texts that a model supposes: the request told otherwise, and code that would answer it. */
  hypotheses: readonly string[];
  /** Compare with the questions that a model wrote for each file. */
  questions: boolean;
  /** Compare with the place of each file: its path, its exports, and the files that it imports or that import it. */
  where: boolean;
};

/**
 * What counts beside the request's own words in the text, which count 1. Chosen by the figures of four of the packages of
 * datasets/repository-tasks, those of the fifth apart: `npm run bench -- repo-bot` shows both.
 */
const WEIGHTS = { hypotheses: 0.3, questions: 0.3, where: 0.3, neighbours: 0.2, host: 0.1 };

/** The files whose neighbours are looked at, and the importers of one file beyond which they say nothing of it. */
const CENTRES = 5;
const FEW_IMPORTERS = 4;

/**
 * The files of the repository that have to do with a request, the likeliest first. The request, and what a model supposes
 * of it, are compared with each part of the index by BM25, and the scaled scores are added up.
 *
 * @param others rankings that came from elsewhere, as from the search of the host
 */
export function findFiles(
  index: SearchIndex,
  request: string,
  sources: Sources,
  others: readonly (readonly string[])[] = [],
): string[] {
  const { hypotheses, where } = sources;
  const fields = fieldsOf(index, sources);
  const compare = (text: string, factor: number) => {
    const query = bagOf(text);
    return fields.map(({ weight, corpus }) => ({
      weight: weight * factor,
      scores: scaled(rankByBm25(query, corpus)),
    }));
  };
  const parts = [
    ...compare(request, 1),
    ...(hypotheses.length > 0 ? compare(hypotheses.join('\n'), WEIGHTS.hypotheses) : []),
    ...others.map((paths) => ({ weight: WEIGHTS.host, scores: byPlace(paths) })),
  ];
  const direct = sum(parts);
  const all = where
    ? sum([
        { weight: 1, scores: direct },
        { weight: WEIGHTS.neighbours, scores: neighbours(direct, index.index) },
      ])
    : direct;
  return inOrder(all).map(([path]) => path);
}

/** An index with what its search needs, computed once. */
export type SearchIndex = {
  index: RepositoryIndex;
  chunks: Corpus<string>;
  questions: Corpus<string>;
  where: Corpus<string>;
};

export function prepare(index: RepositoryIndex): SearchIndex {
  const ofEach = (text: (file: IndexedFile) => string) =>
    corpusOf(index.files.map((file) => ({ id: file.path, bag: bagOf(text(file)) })));
  return {
    index,
    chunks: corpusOf(index.files.flatMap(({ path, chunks }) => chunks.map((bag) => ({ id: path, bag })))),
    questions: ofEach((file) => file.questions.join('\n')),
    where: ofEach(({ path, exports }) => `${path} ${exports.join(' ')}`),
  };
}

/** What a query is compared with. Of a file's chunks the best counts. */
function fieldsOf({ chunks, questions, where }: SearchIndex, sources: Sources) {
  return [
    { weight: 1, corpus: chunks },
    ...(sources.questions ? [{ weight: WEIGHTS.questions, corpus: questions }] : []),
    ...(sources.where ? [{ weight: WEIGHTS.where, corpus: where }] : []),
  ];
}

function byPlace(paths: readonly string[]): Scores {
  return new Map(paths.map((path, place) => [path, 1 - place / paths.length]));
}

/** Each neighbour of the best files by the best score beside which it stands. */
function neighbours(scores: Scores, { files }: RepositoryIndex): Scores {
  const found = new Map<string, number>();
  for (const [path, score] of inOrder(scores).slice(0, CENTRES)) {
    const importers = files.filter(({ imports }) => imports.includes(path)).map((file) => file.path);
    const near = [
      ...(files.find((file) => file.path === path)?.imports ?? []),
      ...(importers.length <= FEW_IMPORTERS ? importers : []),
    ];
    for (const other of near) found.set(other, Math.max(found.get(other) ?? 0, score));
  }
  return found;
}
