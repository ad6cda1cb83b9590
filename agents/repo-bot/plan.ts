import { inStep } from '../genai/in-step.ts';
import { type Checkpoint, type HostDeps, openCheckpoint } from './checkpoint.ts';
import { type Progress, STEPS, type Step } from './progress.ts';
import type { SearchIndex } from './retrieval/find-files.ts';
import { type Known, rank, read, report, type StepDeps, searchFiles, writeQueries } from './steps.ts';
import { type Understood, understand } from './understand.ts';

/** The steps after the first, in their order. */
const PLAN: readonly [Step, (deps: StepDeps, known: Known) => Promise<Known>][] = [
  ['write queries', writeQueries],
  ['search', searchFiles],
  ['rank', rank],
  ['read', read],
  ['report', report],
];

/** `end`: nothing was to be written, and this is why. */
export type Outcome =
  | { kind: 'answered'; progress: Progress }
  | { kind: 'end'; say: string; finished: boolean };

/**
 * Carries out the plan, and keeps after each step what is known in the one comment on the issue.
 *
 * @throws where a model or the comment fails: what was known by then stands in the comment
 */
export async function carryOut(deps: StepDeps): Promise<Outcome> {
  const { host, strong, index } = deps;
  const begun = await inPlan(host, 'understand', async () => {
    const understanding = await understand(host, strong);
    if (understanding.kind === 'end') return understanding;
    const checkpoint = openCheckpoint(host, understanding.issue.checkpoint);
    const known = await keep(checkpoint, 'understand', begin(understanding.issue, index));
    return { kind: 'begun' as const, checkpoint, known };
  });
  if (begun.kind === 'end') return begun;
  let { known } = begun;
  for (const [name, work] of PLAN) {
    known = await inPlan(host, name, async () => keep(begun.checkpoint, name, await work(deps, known)));
  }
  return { kind: 'answered', progress: known.progress };
}

function inPlan<T>({ conversation }: HostDeps, name: Step, work: () => Promise<T>): Promise<T> {
  return inStep({ title: `step ${name}`, conversation }, {}, work);
}

async function keep(checkpoint: Checkpoint, name: Step, known: Known): Promise<Known> {
  const progress = { ...known.progress, done: STEPS.indexOf(name) + 1 };
  if (await checkpoint.save(progress)) return { ...known, progress };
  throw new Error(`the comment after the step "${name}" could not be written`);
}

function begin(issue: Understood, index: SearchIndex | null): Known {
  const isOld = index !== null && issue.treeSha !== null && index.index.head !== issue.treeSha;
  const age = isOld ? ['The index was made of an older state of the repository.'] : [];
  const progress: Progress = {
    done: 0,
    summary: issue.summary,
    related: issue.related,
    terms: [],
    candidates: [],
    ranked: [],
    places: [],
    approach: null,
    remarks: [...issue.remarks, ...age],
  };
  return { issue, progress, hypotheses: [], queries: [] };
}
