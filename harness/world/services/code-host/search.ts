import type { Row } from '../../../../domain/effect.ts';
import type { SourceFile } from '../../source-tree.ts';

/** A query of the search: its words, all of which have to occur, and its qualifiers (`repo:honojs/hono`). */
export type SearchQuery = { words: string[]; qualifiers: ReadonlyMap<string, string> };

/** What GitHub's code search looks into: larger files are passed over. */
const LARGEST = 384 * 1024;

const PART = /(?:([a-z]+):)?("[^"]*"|\S+)/gi;

/** Reads `deno adapter repo:honojs/hono path:dist/adapter "upgrade websocket"`. */
export function readQuery(text: string): SearchQuery {
  const words: string[] = [];
  const qualifiers = new Map<string, string>();
  for (const [, qualifier, value = ''] of text.matchAll(PART)) {
    const plain = value.replaceAll('"', '').toLowerCase();
    if (qualifier) qualifiers.set(qualifier.toLowerCase(), plain);
    else if (plain !== '') words.push(plain);
  }
  return { words, qualifiers };
}

export type CodeMatch = { file: SourceFile; score: number };

/** The files in whose path or text every word of the query occurs, the best first. */
export function searchCode(query: SearchQuery, files: Iterable<SourceFile>): CodeMatch[] {
  const { words, qualifiers } = query;
  const folder = qualifiers.get('path')?.replace(/^\//, '') ?? '';
  const extension = qualifiers.get('extension');
  return [...files]
    .filter(({ path, size }) => {
      const fits = path.toLowerCase().startsWith(folder) && size <= LARGEST;
      return fits && (extension === undefined || path.endsWith(`.${extension}`));
    })
    .flatMap((file) => {
      const score = scoreOf(words, file);
      return score === null ? [] : [{ file, score }];
    })
    .sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : 1));
}

/** A word in the path counts as much as many in the text; of those each further one counts less. `null`: a word is absent. */
function scoreOf(words: readonly string[], { path, lowerText }: SourceFile): number | null {
  const name = path.toLowerCase();
  let score = 0;
  for (const word of words) {
    const times = lowerText.split(word).length - 1;
    const named = name.includes(word);
    if (times === 0 && !named) return null;
    score += Math.log2(1 + times) + (named ? 3 : 0);
  }
  return score;
}

/** The issues in whose title or body every word occurs, the newest first. */
export function searchIssues({ words, qualifiers }: SearchQuery, issues: Iterable<Row>): Row[] {
  const [repository, state] = [qualifiers.get('repo'), qualifiers.get('state') ?? qualifiers.get('is')];
  return [...issues]
    .filter((issue) => {
      const text = `${issue.title} ${issue.body}`.toLowerCase();
      const inRepository = repository === undefined || String(issue.repository).toLowerCase() === repository;
      const inState = (state !== 'open' && state !== 'closed') || issue.state === state;
      return inRepository && inState && words.every((word) => text.includes(word));
    })
    .sort((a, b) => Number(b.number) - Number(a.number));
}
