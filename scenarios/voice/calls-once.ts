import type { PackCheck } from '../../harness/index.ts';

/** Nobody's phone rings twice for one task. */
export const callsOnce: PackCheck = {
  version: 1,
  check({ journal }) {
    const calls = journal.filter(
      ({ table, operation }) => table === 'telephony.calls' && operation === 'insert',
    );
    const [, again] = calls;
    if (!again) return [];
    const message = `expected one call at most, got ${calls.length}`;
    return [{ message, expected: 1, actual: calls.length, spanId: again.call.spanId }];
  },
};
