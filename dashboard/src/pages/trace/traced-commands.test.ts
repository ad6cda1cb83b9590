import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogRecord } from '../../../../domain/log-record.ts';
import { tracedCommands } from './traced-commands.ts';

const record = (at: number, attributes: Record<string, string>, eventName = 'rehearse.control') =>
  LogRecord.parse({
    traceId: 'a'.repeat(32),
    spanId: null,
    at,
    severityNumber: 9,
    severityText: 'INFO',
    eventName,
    service: 'rehearse',
    body: null,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`rehearse.control.${name}`, value]),
    ),
  });

describe('tracedCommands', () => {
  const logs = [
    record(10, { id: 'pause-1', command: 'pause', state: 'sent', by: 'person:ann@example.com' }),
    record(12, { id: 'pause-1', command: 'pause', state: 'done', by: 'person:ann@example.com' }),
    record(11, { id: 'word-2', command: 'feedback', state: 'sent', text: 'Faster.' }),
    record(19, { id: 'word-2', command: 'feedback', state: 'lost', text: 'Faster.', reason: 'it is over' }),
    record(9, { id: 'other' }, 'gen_ai.evaluation.result'),
    record(8, { command: 'of no id' }),
  ];

  it('tells each command once, with who asked and what became of it, in whatever order records come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(logs, { minLength: logs.length }), (shuffled) => {
        expect(tracedCommands(shuffled)).toEqual([
          {
            ...{ id: 'pause-1', command: 'pause', text: null, by: 'person:ann@example.com' },
            ...{ at: 10, state: 'done', since: 12, reason: null },
          },
          {
            ...{ id: 'word-2', command: 'feedback', text: 'Faster.', by: null },
            ...{ at: 11, state: 'lost', since: 19, reason: 'it is over' },
          },
        ]);
      }),
    );
  });
});
