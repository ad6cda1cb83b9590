import { z } from 'zod';
import type { PackCheck } from '../../harness/index.ts';

const Utterance = z.object({ from: z.enum(['agent', 'callee']), start: z.string(), end: z.string() });
const Given = z.object({ seconds: z.number().positive() });

/**
 * Nobody waits long on the phone: from the end of what the other side says to the first audio of the answer it takes at
 * most so many seconds, turn by turn.
 */
export const answersWithin: PackCheck = {
  version: 1,
  check({ journal }, given) {
    const { seconds } = Given.parse(given);
    const utterances = journal
      .filter(({ table, operation }) => table === 'telephony.utterances' && operation === 'insert')
      .map(({ after, call }) => ({ ...Utterance.parse(after), spanId: call.spanId }));
    return utterances.flatMap((utterance, index) => {
      const before = utterances[index - 1];
      if (utterance.from !== 'agent' || before?.from !== 'callee') return [];
      const latency = (Date.parse(utterance.start) - Date.parse(before.end)) / 1000;
      if (latency <= seconds) return [];
      const message = `expected an answer within ${seconds} s, the first audio came after ${latency.toFixed(1)} s`;
      return [{ message, expected: seconds, actual: latency, spanId: utterance.spanId }];
    });
  },
};
