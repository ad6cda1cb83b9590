import { Baseline } from '../../../ci/baseline.ts';
import { candidateOf, candidateTrialOf } from '../../../ci/candidate.ts';
import { judge } from '../../../ci/gate.ts';
import { DEFAULT_POLICY } from '../../../ci/gate-policy.ts';
import { type Run, Run as RunSchema } from '../../../domain/run.ts';
import type { Trial } from '../../../domain/trial.ts';
import type { Verdict } from '../../../domain/verdict.ts';
import { allScenarios } from './scenarios.ts';
import { failingRunTrials, forbiddenTrial, passedTrial } from './trials.ts';

export type RunSeed = { run: Run; trials: Trial[] };

const minuteMicros = 60e6;
const hourMicros = 60 * minuteMicros;

/** The last of the green ones. */
export const greenRunId = 'sdr-2026-11-22t09-00-00a3';
export const failingRunId = 'sdr-2026-11-22t16-40-f3a1';
export const runningRunId = 'sdr-2026-11-22t17-05-b7c2';
export const settingsGroup = 'architectures';
const commits = ['9f1c2d7a0b', '4be07713cc', 'd2a9915f3e', '77c0a4e1b8', 'a1b2c3d4e5'];

/** Seven runs up to `now` (epoch microseconds): four green ones, one without enough evidence, a red one, one that runs. */
export function seededRuns(now: number): RunSeed[] {
  const green = [72, 48, 30, 20].map((hours, index): RunSeed => {
    const id = `sdr-2026-11-${19 + index}t09-00-00a${index}`;
    const start = now - hours * hourMicros;
    return {
      run: runOf({ id, start, commit: commits[index] ?? null, verdict: verdictOf('pass', 30, 30) }),
      trials: passing(id, start, 3),
    };
  });
  const thin = 'sdr-2026-11-22t08-10-1d0e';
  const thinStart = now - 6 * hourMicros;
  const failingStart = now - 25 * minuteMicros;
  const runningStart = now - 2 * minuteMicros;
  return [
    ...green,
    {
      run: runOf({
        id: thin,
        start: thinStart,
        commit: commits[4] ?? null,
        verdict: {
          ...verdictOf('inconclusive', 9, 10),
          reasons: [
            {
              code: 'too-few-trials',
              message: 'Ten trials cannot tell a drop of 5 points from noise.',
              scenarioId: null,
              trials: [],
            },
          ],
        },
      }),
      trials: [
        ...passing(thin, thinStart, 1).slice(1),
        forbiddenTrial({ runId: thin, index: 1, start: thinStart }),
      ],
    },
    failingRun(failingStart),
    {
      run: runOf({
        id: runningRunId,
        start: runningStart,
        end: null,
        trialsPlanned: 30,
        commit: 'e5f60718aa',
      }),
      trials: passing(runningRunId, runningStart, 3).slice(0, 12),
    },
  ];
}

function failingRun(start: number): RunSeed {
  const trials = failingRunTrials(failingRunId, start);
  const shown = (scenarioId: string) =>
    trials
      .filter((trial) => trial.scenario.id === scenarioId && trial.outcome.kind === 'failed')
      .map(({ id }) => id);
  const verdict: Verdict = {
    ...verdictOf('fail', 23, 29),
    evidence: evidenceOf(trials, start),
    reasons: [
      {
        code: 'forbidden-effect',
        message: 'Two trials wrote to somebody who opted out.',
        scenarioId: 'sdr/opt-out' as never,
        trials: shown('sdr/opt-out'),
      },
      {
        code: 'pass-rate-drop',
        message: 'The pass rate fell by 21 points against the baseline, more than noise explains.',
        scenarioId: null,
        trials: shown('sdr/timeout-after-send'),
      },
    ],
  };
  return { run: runOf({ id: failingRunId, start, commit: '0badc0ffee', verdict }), trials };
}

/** Two runs of one command, which set the agent up with more tools and with fewer; of the past, `before` epoch microseconds. */
export function settingRuns(before: number): RunSeed[] {
  return [5, 20].map((tools) => {
    const id = `${settingsGroup}-${tools}`;
    const start = before - 9 * 24 * hourMicros;
    const run = runOf({ id, start, commit: null });
    return {
      run: { ...run, group: RunSchema.shape.id.parse(settingsGroup), agent: `alice-react, ${tools} tools` },
      trials: passing(id, start, 3),
    };
  });
}

/** What the gate itself finds, against twelve passes of each scenario. */
function evidenceOf(trials: readonly Trial[], start: number): Verdict['evidence'] {
  const run = runOf({ id: failingRunId, start, commit: null });
  const past = { run: run.id, passed: true, steps: 7, virtualDuration: 6_300_000, cost: 520_000 };
  const scenarios = allScenarios.map(({ id }) => [
    id,
    { digest: `sha256-of-${id}`, trials: Array.from({ length: 12 }, () => past) },
  ]);
  const baseline = Baseline.parse({
    ...{ version: 2, pack: run.pack, agent: run.agent, model: run.model },
    ...{ runs: [], scenarios: Object.fromEntries(scenarios) },
  });
  const candidate = candidateOf(
    run,
    trials.map((trial) => ({ ...candidateTrialOf(trial), runId: trial.runId })),
  );
  return judge({ candidate, baseline, policy: DEFAULT_POLICY }).evidence;
}

function passing(runId: string, start: number, each: number): Trial[] {
  return allScenarios.flatMap((scenario) =>
    Array.from({ length: each }, (_, index) => passedTrial({ runId, index, start }, scenario)),
  );
}

function runOf(part: {
  id: string;
  start: number;
  end?: null;
  commit: string | null;
  trialsPlanned?: number;
  verdict?: Verdict;
}): Run {
  return RunSchema.parse({
    pack: 'sdr',
    agent: 'alice-react',
    agentVersion: '0.4.0',
    model: 'sim/careful',
    simulated: true,
    replayed: false,
    seed: 'main',
    trialsPlanned: 30,
    end: part.start + 90e6,
    verdict: null,
    ...part,
  });
}

function verdictOf(kind: Verdict['kind'], successes: number, n: number): Verdict {
  const candidate = {
    successes,
    n,
    rate: successes / n,
    low: Math.max(0, successes / n - 0.13),
    high: Math.min(1, successes / n + 0.09),
  };
  const baseline = { successes: 120, n: 120, rate: 1, low: 0.969, high: 1 };
  const value = candidate.rate - baseline.rate;
  return {
    kind,
    reasons: [],
    candidate,
    baseline,
    difference: { value, low: value - 0.11, high: Math.min(0, value + 0.1) },
    evidence: null,
  };
}
