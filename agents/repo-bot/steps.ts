import type { ChatDeps } from '../genai/chat.ts';
import { fillIn } from '../genai/fill-in.ts';
import type { HostDeps } from './checkpoint.ts';
import { callHost, FileContent } from './code-host.ts';
import { notePlaces, rankFiles, writeHypotheses, writeReport } from './forms.ts';
import { type Progress, SHOWN } from './progress.ts';
import { PLACES, RANK, REPORT, SUPPOSE } from './prompts.ts';
import { corpusOf, rankByBm25 } from './retrieval/bm25.ts';
import type { SearchIndex } from './retrieval/find-files.ts';
import { stretchesOf } from './retrieval/outline.ts';
import type { RepositoryIndex } from './retrieval/repository-index.ts';
import { type Bag, bagOf } from './retrieval/terms.ts';
import { search } from './search.ts';
import type { Settings } from './settings.ts';
import { foldersOf, sections, type Understood } from './understand.ts';

type Model = Omit<ChatDeps, 'tools'>;

export type StepDeps = {
  host: HostDeps;
  /** Judges, ranks and reports. */
  strong: Model;
  /** Supposes and reads. */
  small: Model;
  /** What the search draws upon. */
  sources: Settings['sources'];
  index: SearchIndex | null;
};

/** What one step leaves to the next. */
export type Known = {
  issue: Understood;
  progress: Progress;
  /** Texts that may be found beside the request, and queries for the search of the host. */
  hypotheses: readonly string[];
  queries: readonly string[];
};

/** Files that are read, stretches of each that are shown to the model, files that are ranked, and queries to the host. */
const READ = 3;
const STRETCHES = 2;
const CANDIDATES = 20;
const QUERIES = 3;

/** A request is no search query: supposes what would be found instead. */
export async function writeQueries({ small, sources, index }: StepDeps, known: Known): Promise<Known> {
  if (!sources.hyde) return known;
  const { issue, progress } = known;
  const folders = sources.where ? foldersOf(pathsOf(issue, index?.index)).map((folder) => `- ${folder}`) : [];
  const message = sections({ Request: issue.request, Folders: folders });
  const supposed = await fillIn(small, writeHypotheses, SUPPOSE, message);
  const { ticket, question, description, code, search_words } = supposed;
  return {
    ...known,
    hypotheses: [ticket, question, description, code],
    queries: search_words.slice(0, QUERIES),
    progress: { ...progress, terms: search_words },
  };
}

export async function searchFiles({ host, sources, index }: StepDeps, known: Known): Promise<Known> {
  const { issue, progress, hypotheses, queries } = known;
  const { questions, where } = sources;
  const found = await search(host, index, {
    request: issue.request,
    words: queries,
    sources: { hypotheses, questions, where },
  });
  const remarks = [...progress.remarks, ...found.remarks];
  return { ...known, progress: { ...progress, candidates: found.paths.slice(0, CANDIDATES), remarks } };
}

export async function rank({ strong, index }: StepDeps, known: Known): Promise<Known> {
  const { issue, progress } = known;
  if (progress.candidates.length === 0) return known;
  const candidates = progress.candidates.map((path) => candidateLine(path, index?.index));
  const message = sections({ Request: issue.request, Candidates: candidates });
  const { files } = await fillIn(strong, rankFiles, RANK, message);
  const ranked = files.filter(({ path }) => progress.candidates.includes(path)).slice(0, SHOWN);
  return { ...known, progress: { ...progress, ranked } };
}

export async function read({ host, small }: StepDeps, known: Known): Promise<Known> {
  const { issue, hypotheses, progress } = known;
  const query = bagOf([issue.request, ...hypotheses].join('\n'));
  const files = await Promise.all(
    progress.ranked.slice(0, READ).map(async ({ path }) => {
      const file = await callHost(host, 'read_file', { repository: host.repository, path }, FileContent);
      return file.ok ? { path, text: excerptOf(file.value, query) } : { path, problem: file.problem };
    }),
  );
  const texts = files.flatMap((file) => ('text' in file ? [`## ${file.path}\n${file.text}`] : []));
  const unread = files.flatMap((file) =>
    'problem' in file ? [`\`${file.path}\` could not be read (${file.problem}).`] : [],
  );
  const remarks = [...progress.remarks, ...unread];
  if (texts.length === 0) return { ...known, progress: { ...progress, remarks } };
  const message = sections({ Request: issue.request, Files: texts });
  const { places } = await fillIn(small, notePlaces, PLACES, message);
  return {
    ...known,
    progress: { ...progress, remarks, places: places.filter(({ names }) => names.length > 0) },
  };
}

export async function report({ strong }: StepDeps, known: Known): Promise<Known> {
  const { issue, progress } = known;
  if (progress.ranked.length === 0) return known;
  const message = sections({
    Request: issue.request,
    Files: progress.ranked.map(({ path, reason }) => `- ${path}: ${reason}`),
    Places: progress.places.map(({ path, names }) => `- ${path}: ${names.join(', ')}`),
  });
  const { approach } = await fillIn(strong, writeReport, REPORT, message);
  return { ...known, progress: { ...progress, approach } };
}

/** The stretches of a file that have most to do with the request, in their order. */
function excerptOf(text: string, query: Bag): string {
  const stretches = stretchesOf(text);
  const corpus = corpusOf(stretches.map((stretch, id) => ({ id, bag: bagOf(stretch) })));
  const best = rankByBm25(query, corpus).slice(0, STRETCHES);
  return best
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .map((id) => stretches[id])
    .join('\n...\n');
}

function pathsOf({ paths }: Understood, index: RepositoryIndex | undefined): string[] {
  return [...new Set([...paths, ...(index?.files ?? []).map(({ path }) => path)])];
}

/** `- path | exports a, b | imported by c` */
function candidateLine(path: string, index: RepositoryIndex | undefined): string {
  const file = index?.files.find((one) => one.path === path);
  if (!file) return `- ${path}`;
  const users = index?.files.filter(({ imports }) => imports.includes(path)).map((one) => one.path) ?? [];
  const parts = [
    path,
    file.exports.length > 0 && `exports ${file.exports.slice(0, 8).join(', ')}`,
    users.length > 0 && `imported by ${users.slice(0, 3).join(', ')}${users.length > 3 ? ', ...' : ''}`,
  ];
  return `- ${parts.filter((part) => part !== false).join(' | ')}`;
}
