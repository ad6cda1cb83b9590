import type { RunSummary } from '../../../../domain/run.ts';

/** What the two sides of a comparison are told apart by. */
export const CHOICES = [
  { by: 'run', label: 'two runs' },
  { by: 'version', label: 'two versions of an agent' },
  { by: 'agent', label: 'two agents' },
  { by: 'model', label: 'two models' },
] as const;
export type ChoiceBy = (typeof CHOICES)[number]['by'];

/** The address of the page. `baseline` and `candidate` are ids of runs, or values of what is compared. */
export type CompareChoice = {
  by: ChoiceBy;
  /** Of versions, agents and models: only runs of one pack can be compared. */
  pack: string | null;
  baseline: string | null;
  candidate: string | null;
};

/** The API compares so many runs a side. */
const MOST_RUNS = 20;

export function choiceOf(search: URLSearchParams): CompareChoice {
  const by = CHOICES.find((choice) => choice.by === search.get('by'))?.by ?? 'run';
  return {
    by,
    pack: search.get('pack') || null,
    baseline: search.get('baseline') || null,
    candidate: search.get('candidate') || null,
  };
}

export function comparePath({ by = 'run', pack, baseline, candidate }: Partial<CompareChoice>): string {
  const search = new URLSearchParams();
  if (by !== 'run') search.set('by', by);
  if (pack) search.set('pack', pack);
  if (baseline) search.set('baseline', baseline);
  if (candidate) search.set('candidate', candidate);
  const text = search.toString();
  return text ? `/compare?${text}` : '/compare';
}

/** What may stand on a side, newest first; runs that replay a recording say nothing of an agent. */
export function optionsOf(choice: CompareChoice, runs: readonly RunSummary[]): string[] {
  return [...new Set(candidatesOf(choice, runs).map((run) => sideValue(run, choice.by)))];
}

/** The packs of the runs, newest first. */
export function packsOf(runs: readonly RunSummary[]): string[] {
  return [...new Set(runs.map(({ pack }) => pack))];
}

/** The runs that stand on a side: of versions, agents and models the newest. */
export function runsOf(choice: CompareChoice, value: string | null, runs: readonly RunSummary[]): string[] {
  if (value === null) return [];
  if (choice.by === 'run') return value.split(',');
  return candidatesOf(choice, runs)
    .filter((run) => sideValue(run, choice.by) === value)
    .slice(0, MOST_RUNS)
    .map(({ id }) => id);
}

/** The run of the same agent, model and pack that ended before this one began. */
export function runBefore(run: RunSummary, runs: readonly RunSummary[]): RunSummary | null {
  const same = (other: RunSummary) =>
    other.pack === run.pack && other.agent === run.agent && other.model === run.model;
  const earlier = runs.filter(
    (other) => same(other) && other.end !== null && !other.replayed && other.start < run.start,
  );
  return earlier.toSorted((a, b) => b.start - a.start)[0] ?? null;
}

/** The runs of one command, by agent and model. */
export function settingsOf(group: string, runs: readonly RunSummary[]): RunSummary[] {
  return runs
    .filter((run) => run.group === group)
    .sort(
      (a, b) =>
        a.agent.localeCompare(b.agent, 'en', { numeric: true }) ||
        a.model.localeCompare(b.model, 'en', { numeric: true }),
    );
}

export function settingsPath(group: string): string {
  return `/compare?group=${encodeURIComponent(group)}`;
}

function candidatesOf({ by, pack }: CompareChoice, runs: readonly RunSummary[]): RunSummary[] {
  const wanted = by === 'run' ? null : (pack ?? packsOf(runs)[0] ?? null);
  return runs.filter((run) => !run.replayed && (wanted === null || run.pack === wanted));
}

function sideValue(run: RunSummary, by: ChoiceBy): string {
  if (by === 'run') return run.id;
  return by === 'version' ? `${run.agent} ${run.agentVersion}` : run[by];
}
