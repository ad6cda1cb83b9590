import { Run } from '../../../domain/run.ts';
import { Trial } from '../../../domain/trial.ts';
import { type RunSeed, seededRuns } from './runs.ts';
import { bookDemo } from './scenarios.ts';
import { hostileText } from './traces.ts';
import { passedTrial } from './trials.ts';

export const hostileRunId = 'sdr-hostile';

/** In its place `inBrokenUtf8` sends bytes that are no UTF-8. */
const broken = '%broken%';
/** Half of a pair of UTF-16: JSON can spell it, and no text can hold it. */
const half = '\ud800';
const text = `${hostileText} ${broken} ${half}`;

/** A run with hostile text in every place that its agent, its scenario or its world fills. */
export function hostileRun(start: number): RunSeed {
  const [seeded] = seededRuns(start);
  const named = { agent: text, agentVersion: text, model: text, seed: text, commit: text };
  const trial = passedTrial({ runId: hostileRunId, index: 0, start }, bookDemo);
  const told = JSON.stringify({
    ...trial,
    scenario: { ...trial.scenario, title: text, start: { ...trial.scenario.start, message: text } },
    outcome: { kind: 'failed', failure: 'harm', explanation: text },
    turns: trial.turns.map((turn) => ({ ...turn, text })),
    // What the agent wrote into the world, and asked of it.
  }).replaceAll('"Demo for Northwind"', JSON.stringify(text));
  return {
    run: Run.parse({ ...seeded?.run, ...named, id: hostileRunId, start, end: start + 1 }),
    trials: [Trial.parse(JSON.parse(told))],
  };
}

export function inBrokenUtf8(body: unknown): Uint8Array<ArrayBuffer> {
  const [first = '', ...rest] = JSON.stringify(body).split(broken);
  const parts = rest.flatMap((part) => [Buffer.of(0xff, 0xc3, 0x28), Buffer.from(part)]);
  return new Uint8Array(Buffer.concat([Buffer.from(first), ...parts]));
}
