import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SpanKind } from '@opentelemetry/api';
import { inSpan } from '../genai/spans.ts';
import type { HostDeps } from './checkpoint.ts';
import { CodeSearch, callHost } from './code-host.ts';
import { findFiles, prepare, type SearchIndex, type Sources } from './retrieval/find-files.ts';
import { indexFileName, RepositoryIndex } from './retrieval/repository-index.ts';

/** The indexes that a process has read, each once. */
export type Shelf = {
  /** The index of a repository, or `null` where none was made. */
  take(folder: string, repository: string): SearchIndex | null;
};

export function openShelf(): Shelf {
  const read = new Map<string, SearchIndex>();
  return {
    take(folder, repository) {
      const file = join(folder, indexFileName(repository));
      const known = read.get(file);
      if (known || !existsSync(file)) return known ?? null;
      const index = prepare(RepositoryIndex.parse(JSON.parse(readFileSync(file, 'utf8'))));
      read.set(file, index);
      return index;
    },
  };
}

export type Found = { paths: string[]; remarks: string[] };

/** Searches the index that was made ahead, and the host with a few words each. What fails is said and done without. */
export async function search(
  host: HostDeps,
  index: SearchIndex | null,
  query: { request: string; words: readonly string[]; sources: Sources },
): Promise<Found> {
  const { repository, conversation } = host;
  const fromHost = await Promise.all(
    query.words.map((words) => callHost(host, 'search_code', { repository, query: words }, CodeSearch)),
  );
  const failed = fromHost.find((answer) => !answer.ok);
  const others = fromHost.flatMap((answer) =>
    answer.ok && answer.value.items.length > 0 ? [answer.value.items.map(({ path }) => path)] : [],
  );
  const remarks = [
    ...(failed
      ? [`The search of the host did not answer (${failed.problem}); this rests on the index alone.`]
      : []),
    ...(index ? [] : ['There is no index of this repository; this rests on the search of the host alone.']),
  ];
  const span = { title: 'retrieval index', kind: SpanKind.INTERNAL, conversation };
  const asked = {
    'gen_ai.operation.name': 'retrieval',
    'gen_ai.data_source.id': index ? `${index.index.repository}@${index.index.head}` : undefined,
    'gen_ai.retrieval.query.text': query.request,
  };
  const paths = await inSpan(span, asked, async (active) => {
    const empty = { version: 1 as const, repository, head: '', model: '', files: [] };
    const found = findFiles(index ?? prepare(empty), query.request, query.sources, others);
    active.setAttribute(
      'gen_ai.retrieval.documents',
      JSON.stringify(found.slice(0, 20).map((id) => ({ id }))),
    );
    return found;
  });
  return { paths, remarks };
}
