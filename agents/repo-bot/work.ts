import { SpanKind } from '@opentelemetry/api';
import type { ChatDeps } from '../genai/chat.ts';
import { fillIn } from '../genai/fill-in.ts';
import { inSpan } from '../genai/spans.ts';
import { type Checkpoint, type HostDeps, openCheckpoint } from './checkpoint.ts';
import { callHost, FileContent } from './code-host.ts';
import { notePlaces, rankFiles, writeHypotheses, writeReport } from './forms.ts';
import { type Progress, SHOWN, STEPS, type Step } from './progress.ts';
import { PLACES, RANK, REPORT, SUPPOSE } from './prompts.ts';
import type { RepositoryIndex } from './retrieval/repository-index.ts';
import { type Shelf, search } from './search.ts';
import type { Settings } from './settings.ts';
import { foldersOf, sections, type Understood } from './understand.ts';

type Model = Omit<ChatDeps, 'tools'>;

export type WorkDeps = {
  host: HostDeps;
  /** Ranks and reports. */
  strong: Model;
  /** Supposes and reads. */
  small: Model;
  settings: Pick<Settings, 'indexes' | 'sources'>;
  shelf: Shelf;
};

/** Files that are read, and how much of each is shown to the model. */
const READ = 3;
const EXCERPT = 12_000;
const CANDIDATES = 20;

/** Carries out the plan from its second step on, and keeps after each what is known in the comment on the issue. */
export async function work(deps: WorkDeps, issue: Understood): Promise<Progress> {
  const { host, strong, small, settings, shelf } = deps;
  const checkpoint = openCheckpoint(host, issue.checkpoint);
  const searched = shelf.take(settings.indexes, host.repository);
  const index = searched?.index ?? null;
  const step = stepper(host, checkpoint);
  const { request } = issue;
  let progress = await step('understand', async () => ({
    ...begun(issue),
    remarks: [...issue.remarks, ...age(index, issue)],
  }));

  const supposed = { hypotheses: [] as string[], words: [] as string[] };
  progress = await step('write queries', async () => {
    if (!settings.sources.hyde) return progress;
    const folders = settings.sources.where
      ? foldersOf(pathsOf(issue, index)).map((folder) => `- ${folder}`)
      : [];
    const parts = sections({ Request: request, Folders: folders });
    const { ticket, question, description, code, search_words } = await fillIn(
      small,
      writeHypotheses,
      SUPPOSE,
      parts,
    );
    supposed.hypotheses.push(ticket, question, description, code);
    supposed.words.push(...search_words.slice(0, 3));
    return { ...progress, terms: search_words };
  });

  progress = await step('search', async () => {
    const { questions, where } = settings.sources;
    const sources = { hypotheses: supposed.hypotheses, questions, where };
    const { paths, remarks } = await search(host, searched, { request, words: supposed.words, sources });
    return {
      ...progress,
      candidates: paths.slice(0, CANDIDATES),
      remarks: [...progress.remarks, ...remarks],
    };
  });

  progress = await step('rank', async () => {
    if (progress.candidates.length === 0) return progress;
    const candidates = progress.candidates.map((path) => candidateLine(path, index));
    const { files } = await fillIn(
      strong,
      rankFiles,
      RANK,
      sections({ Request: request, Candidates: candidates }),
    );
    const known = files.filter(({ path }) => progress.candidates.includes(path));
    return { ...progress, ranked: known.slice(0, SHOWN) };
  });

  const texts: string[] = [];
  progress = await step('read', async () => {
    const read = await Promise.all(
      progress.ranked.slice(0, READ).map(async ({ path }) => {
        const file = await callHost(host, 'read_file', { repository: host.repository, path }, FileContent);
        return file.ok ? { path, text: file.value.slice(0, EXCERPT) } : { path, problem: file.problem };
      }),
    );
    const unread = read.flatMap((file) =>
      'problem' in file ? [`\`${file.path}\` could not be read (${file.problem}).`] : [],
    );
    const remarks = [...progress.remarks, ...unread];
    texts.push(...read.flatMap((file) => ('text' in file ? [`## ${file.path}\n${file.text}`] : [])));
    if (texts.length === 0) return { ...progress, remarks };
    const { places } = await fillIn(small, notePlaces, PLACES, sections({ Request: request, Files: texts }));
    return { ...progress, remarks, places: places.filter(({ names }) => names.length > 0) };
  });

  return step('report', async () => {
    if (progress.ranked.length === 0) return progress;
    const parts = {
      Request: request,
      Files: progress.ranked.map(({ path, reason }) => `- ${path}: ${reason}`),
      Places: progress.places.map(({ path, names }) => `- ${path}: ${names.join(', ')}`),
    };
    const { approach } = await fillIn(strong, writeReport, REPORT, sections(parts));
    return { ...progress, approach };
  });
}

/** Runs a step in a span of its own and keeps what it has found. */
function stepper({ conversation }: HostDeps, checkpoint: Checkpoint) {
  return (name: Step, find: () => Promise<Progress>): Promise<Progress> => {
    const span = { title: `step ${name}`, kind: SpanKind.INTERNAL, conversation };
    const attributes = { 'gen_ai.operation.name': 'workflow_step', 'gen_ai.workflow.name': 'repo-bot plan' };
    return inSpan(span, attributes, async () => {
      const progress = { ...(await find()), done: STEPS.indexOf(name) + 1 };
      if (!(await checkpoint.save(progress)))
        throw new Error(`the comment after the step "${name}" could not be written`);
      return progress;
    });
  };
}

function begun({ summary, related }: Understood): Progress {
  return {
    done: 0,
    summary,
    related,
    terms: [],
    candidates: [],
    ranked: [],
    places: [],
    approach: null,
    remarks: [],
  };
}

function pathsOf({ paths }: Understood, index: RepositoryIndex | null): string[] {
  return [...new Set([...paths, ...(index?.files ?? []).map(({ path }) => path)])];
}

function age(index: RepositoryIndex | null, { treeSha }: Understood): string[] {
  const isOld = index !== null && treeSha !== null && index.head !== treeSha;
  return isOld ? ['The index was made of an older state of the repository.'] : [];
}

/** `- path | exports a, b | imported by c` */
function candidateLine(path: string, index: RepositoryIndex | null): string {
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
