import { z } from 'zod';
import type { PackCheck } from '../../harness/index.ts';

const Given = z.object({ words: z.int().positive() });

/** Nobody listens to a speech on the phone: each turn of the agent has so many words at most. */
export const shortTurns: PackCheck = {
  version: 1,
  check({ journal }, given) {
    const { words } = Given.parse(given);
    return journal.flatMap(({ table, operation, after, call }) => {
      if (table !== 'telephony.utterances' || operation !== 'insert' || after?.from !== 'agent') return [];
      const count = String(after.text)
        .split(/\s+/)
        .filter((word) => word !== '').length;
      if (count <= words) return [];
      const message = `expected ${words} words at most in a turn, got ${count}`;
      return [{ message, expected: words, actual: count, spanId: call.spanId }];
    });
  },
};
