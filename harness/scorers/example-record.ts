import { Effect } from '../../domain/effect.ts';
import { exampleSpan as emptySpan } from '../../domain/example-spans.ts';
import type { Expectations } from '../../domain/expectations.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { SpanDetail } from '../../domain/span.ts';
import { micros } from '../../domain/units.ts';
import { defineScenario } from '../scenario/define-scenario.ts';
import { notes, post } from '../world/example-services.ts';
import type { ScoringPack, TrialRecord } from './scorer.ts';

/** Records, effects and spans for the tests of the scorers. */

export const examplePack: ScoringPack = { services: [notes, post], fixtures: {} };

export function exampleRecord(
  expect: Partial<Expectations> = {},
  parts: Partial<TrialRecord> = {},
): TrialRecord {
  return {
    scenario: defineScenario({
      id: 'example/one',
      title: 'An example',
      world: { now: '2026-03-02T09:00:00Z', services: ['notes'] },
      start: { message: 'Go.' },
      expect,
    }),
    journal: [],
    calls: [],
    turns: [],
    spans: null,
    figures: {
      duration: micros(1000),
      virtualDuration: micros(4_000_000),
      modelCalls: 2,
      toolCalls: 1,
      usage: null,
      cost: null,
    },
    ending: { kind: 'finished' },
    ...parts,
  };
}

/** A journal from writes; each write is a call of its own. */
export function exampleJournal(
  ...writes: (Partial<Omit<Effect, 'call'>> & { spanId?: string; callOperation?: string })[]
): Effect[] {
  return writes.map(({ spanId, callOperation, ...write }, index) =>
    Effect.parse({
      seq: index + 1,
      at: index,
      operation: 'insert',
      table: 'mail.outbox',
      key: `row-${index + 1}`,
      before: null,
      after: null,
      irreversible: write.table?.startsWith('mail.') ?? true,
      call: {
        number: index + 1,
        service: 'mail',
        operation: callOperation ?? 'messages.send',
        traceId: null,
        spanId: spanId ?? null,
      },
      ...write,
    }),
  );
}

/** A span of a tool, unless it says otherwise; `number` makes its id and its time. */
export function exampleSpan(
  number: number,
  parts: Omit<Partial<SpanDetail>, 'payload'> & {
    parent?: number;
    arguments?: JsonObject;
    result?: string;
    attributes?: JsonObject;
  } = {},
): SpanDetail {
  const { arguments: toolArguments = null, result: toolResult = null, attributes = {}, ...rest } = parts;
  return emptySpan(number, { kind: 'tool', ...rest, payload: { toolArguments, toolResult, attributes } });
}
