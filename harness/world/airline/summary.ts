import type { ScenarioId } from '../../../domain/ids.ts';
import type { Outcome } from '../../../domain/outcome.ts';
import { passHatK, type Tally } from '../../../domain/statistics/pass-hat-k.ts';
import type { Trial } from '../../../domain/trial.ts';
import { callsOf, PACK, type Recording } from './recording.ts';

/** Where our replay and the record part. */
type Disagreement = {
  scenarioId: ScenarioId;
  index: number;
  about: 'verdict' | 'output';
  explanation: string;
};

export type ReplaySummary = {
  /** Recorded runs, and those whose verdict is ours too. */
  runs: number;
  verdicts: number;
  /** Recorded calls, and those whose output came again byte for byte. */
  calls: number;
  outputs: number;
  /** pass^1 and pass^2 of our verdicts; `null` where a task has too few trials. */
  passHat1: number | null;
  passHat2: number | null;
  disagreements: Disagreement[];
};

/** What is needed of a trial. */
export type ReplayedTrial = Pick<Trial, 'index' | 'outcome' | 'calls'> & { scenario: { id: ScenarioId } };

/** Compares replayed trials with their recordings: the third party's verdict, and each output. */
export function summarise(trials: readonly ReplayedTrial[], recordings: readonly Recording[]): ReplaySummary {
  const byTrial = new Map(
    trials.map((trial) => [trialKey({ scenarioId: trial.scenario.id, index: trial.index }), trial]),
  );
  const compared = recordings.map((recording) => compare(byTrial.get(trialKey(recording)), recording));
  const tallies = talliesOf(trials);
  return {
    runs: recordings.length,
    verdicts: compared.filter(({ sameVerdict }) => sameVerdict).length,
    calls: sum(compared.map(({ calls }) => calls)),
    outputs: sum(compared.map(({ equal }) => equal)),
    passHat1: passHatK(tallies, 1),
    passHat2: passHatK(tallies, 2),
    disagreements: compared.flatMap(({ disagreements }) => disagreements),
  };
}

/** `tau-airline: verdicts 100/100 outputs 572/572` */
export function summaryLine({ verdicts, runs, outputs, calls }: ReplaySummary): string {
  return `${PACK}: verdicts ${verdicts}/${runs} outputs ${outputs}/${calls}`;
}

function compare(trial: ReplayedTrial | undefined, recording: Recording) {
  const { scenarioId, index, reward } = recording;
  const recorded = callsOf(recording);
  const replayed = trial?.calls.filter(({ service }) => service === 'airline') ?? [];
  const unequal = recorded.flatMap((call, number) => {
    const response = replayed[number]?.response;
    return response === call.output
      ? []
      : [`call ${number + 1}, ${call.tool}: ${firstDifference(call.output, response)}`];
  });
  const sameVerdict = trial !== undefined && trial.outcome.kind === (reward === 1 ? 'passed' : 'failed');
  const verdict = sameVerdict ? [] : [`recorded reward ${reward}, replayed: ${described(trial?.outcome)}`];
  const disagree = (about: Disagreement['about']) => (explanation: string) => ({
    scenarioId,
    index,
    about,
    explanation,
  });
  return {
    sameVerdict,
    calls: recorded.length,
    equal: recorded.length - unequal.length,
    disagreements: [...verdict.map(disagree('verdict')), ...unequal.map(disagree('output'))],
  };
}

function firstDifference(expected: string, actual: unknown): string {
  if (typeof actual !== 'string') return `expected ${excerpt(expected, 0)}, got no output`;
  let place = 0;
  while (place < expected.length && expected[place] === actual[place]) place += 1;
  return `from character ${place + 1} expected ${excerpt(expected, place)}, got ${excerpt(actual, place)}`;
}

function excerpt(text: string, from: number): string {
  return JSON.stringify(text.slice(from, from + 60));
}

function described(outcome: Outcome | undefined): string {
  if (!outcome) return 'no trial';
  if (outcome.kind === 'passed') return 'passed';
  return `${outcome.kind} (${outcome.kind === 'failed' ? outcome.failure : outcome.cause}): ${outcome.explanation}`;
}

/** Trials that say something of the agent, by scenario. */
function talliesOf(trials: readonly ReplayedTrial[]): Tally[] {
  const tallies = new Map<ScenarioId, Tally>();
  for (const { scenario, outcome } of trials) {
    if (outcome.kind === 'void') continue;
    const { passed, n } = tallies.get(scenario.id) ?? { passed: 0, n: 0 };
    tallies.set(scenario.id, { passed: passed + (outcome.kind === 'passed' ? 1 : 0), n: n + 1 });
  }
  return [...tallies.values()];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

/** `tau-airline/task-07#1` */
function trialKey({ scenarioId, index }: { scenarioId: ScenarioId; index: number }): string {
  return `${scenarioId}#${index}`;
}
