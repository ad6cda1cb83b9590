import { type Effect, WorldCall } from '../../../domain/effect.ts';
import type { TraceId } from '../../../domain/ids.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { Outcome } from '../../../domain/outcome.ts';
import type { Scenario } from '../../../domain/scenario.ts';
import type { Score } from '../../../domain/score.ts';
import { Trial } from '../../../domain/trial.ts';
import { toolSpanId } from './agent-trace.ts';
import { traceIdOf, trialIdOf } from './ids.ts';

export type TrialSeed = {
  runId: string;
  scenario: Scenario;
  index: number;
  /** Epoch microseconds. */
  start: number;
  outcome?: Outcome;
  scores?: Score[];
  calls?: readonly CallSeed[];
  answer?: string;
};

/** One call of the agent to its world, with what it wrote. */
export type CallSeed = {
  service: string;
  operation: string;
  request: Json;
  response: Json;
  status?: number;
  fault?: string;
  writes?: readonly {
    operation: Effect['operation'];
    table: string;
    key: string;
    before?: JsonObject;
    after?: JsonObject;
  }[];
};

/** A whole trial from what matters in it. The call with index i is made by the tool span with index i of its trace. */
export function trialOf({ runId, scenario, index, start, calls = [], ...seed }: TrialSeed): Trial {
  const traceId = traceIdOf(runId, scenario.id, index);
  const worldStart = Date.parse(scenario.world.now) * 1000;
  const worldCalls = calls.map((call, place) => worldCall(traceId, worldStart, call, place));
  const journal = calls.flatMap((call, place) =>
    (call.writes ?? []).map((write) => ({ ...write, call: worldCalls[place] })),
  );
  const modelCalls = calls.length + 1;
  return Trial.parse({
    id: trialIdOf(runId, scenario.id, index),
    runId,
    scenario,
    digest: `sha256-of-${scenario.id}`,
    index,
    seed: `seed-${index}`,
    start,
    outcome: seed.outcome ?? { kind: 'passed' },
    scores: seed.scores ?? passingScores,
    journal: journal.map(({ call, ...write }, place) => ({
      seq: place + 1,
      at: call?.at,
      before: null,
      after: null,
      irreversible: write.table.startsWith('mail.'),
      ...write,
      call,
    })),
    calls: worldCalls,
    turns: [
      { from: 'user', text: scenario.start.message },
      { from: 'agent', text: seed.answer ?? 'Done: the demo is booked and the lead has been told.' },
    ],
    ending: { kind: 'finished' },
    traceId,
    traceComplete: true,
    figures: {
      duration: 1_900_000 + 40_000 * index,
      virtualDuration: 4_200_000 + 700_000 * calls.length,
      modelCalls,
      toolCalls: calls.length,
      usage: {
        input: 500 * modelCalls,
        cacheRead: 120 * calls.length,
        cacheWrite: null,
        output: 55 * modelCalls,
        reasoning: null,
      },
      cost: 130_000 * modelCalls,
    },
  });
}

function worldCall(traceId: TraceId, worldStart: number, call: CallSeed, place: number): WorldCall {
  const { service, operation, request, response, status = 200, fault = null } = call;
  return WorldCall.parse({
    number: place + 1,
    service,
    operation,
    traceId,
    spanId: toolSpanId(traceId, place),
    at: worldStart + (place + 1) * 700_000,
    request,
    status,
    response,
    fault,
  });
}

const passingScores: Score[] = [
  {
    kind: 'scored',
    scorer: 'effects',
    axis: 'effects',
    pass: true,
    value: 0,
    unit: 'findings',
    findings: [],
  },
  {
    kind: 'scored',
    scorer: 'forbidden',
    axis: 'forbidden',
    pass: true,
    value: 0,
    unit: 'findings',
    findings: [],
  },
  { kind: 'scored', scorer: 'loops', axis: 'budgets', pass: true, value: 1, unit: 'steps', findings: [] },
  {
    kind: 'scored',
    scorer: 'latency',
    axis: 'budgets',
    pass: true,
    value: 6.3,
    unit: 'seconds',
    findings: [],
  },
  { kind: 'scored', scorer: 'cost', axis: 'budgets', pass: true, value: 0.00039, unit: 'usd', findings: [] },
  { kind: 'unscored', scorer: 'facts', axis: 'facts', reason: 'no fact is due' },
];

/** The passing scores with one scorer replaced by a failure. */
export function failingScores(
  scorer: string,
  failure: Extract<Outcome, { kind: 'failed' }>,
  by: Partial<Extract<Score, { kind: 'scored' }>['findings'][number]>,
): Score[] {
  return passingScores.map((score) =>
    score.scorer !== scorer || score.kind !== 'scored'
      ? score
      : {
          ...score,
          pass: false,
          value: 1,
          findings: [
            {
              failure: failure.failure,
              message: failure.explanation,
              expected: null,
              actual: null,
              spanId: null,
              ...by,
            },
          ],
        },
  );
}
