import { AppError } from '../domain/errors.ts';
import { GRACE_SECONDS, HOUR } from './plan-hours.ts';
import { searchWords } from './queries/search-words.ts';
import { textedTraces } from './queries/texted-traces.ts';
import type { SearchParams } from './queries/trace-filter.ts';
import { type WordState, wordStates } from './queries/word-states.ts';
import type { Store } from './store/store.ts';
import { hourOf } from './trace-parts.ts';

type SearchDeps = { store: Pick<Store, 'rows'>; project: string; graceSeconds?: number };

/** What is looked for in the text of spans. */
export type TextSearch = {
  /** Words that follow one another, separated by spaces. */
  phrases: readonly string[];
  /** All of them, each once. */
  words: readonly string[];
  /** The hours in which there may be text, by time. */
  states: readonly WordState[];
};

/** The index leaves longer words out. */
const longestWord = 100;
/** Of a part; more are asked for in smaller parts. */
const mostTexted = 50_000;
const mostSeconds = 4_294_967_295;

/**
 * Reads a search: words and, in double quotes, phrases. What stands together without a space and holds several words, as
 * in `a@b.org`, is a phrase too.
 *
 * @param window in microseconds
 * @throws AppError BAD_REQUEST where there is no word in it
 */
export async function readSearch(
  { store, project, graceSeconds = GRACE_SECONDS }: SearchDeps,
  text: string,
  window: { from: number; to: number },
): Promise<TextSearch> {
  const terms = [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([term, quoted]) => quoted ?? term);
  const hours = { from: hourOf(window.from), to: hourOf(window.to) + 2 * HOUR };
  const [found, states] = await Promise.all([
    store.rows(searchWords, { terms }),
    store.rows(wordStates, { project, ...hours, grace: graceSeconds }),
  ]);
  const wordsOfTerms = (found[0] ?? []).filter((words) => words.length > 0);
  if (wordsOfTerms.length === 0) {
    throw new AppError(
      'BAD_REQUEST',
      `query: q: expected at least one letter or digit, got ${JSON.stringify(text)}`,
    );
  }
  return {
    phrases: wordsOfTerms.map((words) => words.join(' ')),
    words: [...new Set(wordsOfTerms.flat())],
    states,
  };
}

/**
 * Which of the traces that start in a part of the window (microseconds) the search may find, as far as its words stand
 * within an hour after the part: where the index says so, and what is found in the text of hours without one.
 *
 * @throws AppError QUERY_LIMIT where reading that text takes more than the given seconds
 */
export async function searchParams(
  { store, project }: SearchDeps,
  { words, states }: TextSearch,
  part: { from: number; to: number },
  seconds: number,
): Promise<SearchParams> {
  const since = Math.floor(part.from / 1e6);
  const until = Math.min(mostSeconds, Math.ceil(part.to / 1e6) + HOUR);
  const near = states.filter(({ hour }) => hour >= hourOf(part.from) && hour <= until);
  const indexed = words.filter((word) => Buffer.byteLength(word) <= longestWord);
  // Without a word to look up there the index is of no use.
  const built = near.filter(({ build }) => build !== null && indexed.length > 0);
  const hours = near.filter((state) => !built.includes(state)).map(({ hour }) => hour);
  const text = { project, words, since, until, hours, limit: mostTexted };
  const textTraces = hours.length === 0 ? [] : await store.rows(textedTraces, text, { seconds });
  if (textTraces.length === mostTexted) {
    throw new AppError(
      'QUERY_LIMIT',
      `expected fewer than ${mostTexted} traces in text that has no index yet`,
    );
  }
  return {
    searched: true,
    words: indexed,
    wordHours: built.map(({ hour }) => hour),
    wordBuilds: built.map(({ build }) => build ?? 0),
    textTraces,
  };
}
