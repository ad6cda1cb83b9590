import type { PackCheck } from '../../harness/index.ts';

/** Work goes on behind the user's back only when the user was told so: before the first call of the world is answered. */
export const acknowledgesFirst: PackCheck = {
  version: 1,
  check({ turns, calls }) {
    const told = turns.find(({ from }) => from === 'agent');
    const [, second] = calls;
    const worked = second ?? calls[0];
    if (!worked || (told?.at !== undefined && told.at <= worked.at)) return [];
    return [
      {
        message: 'expected a word that work is under way before it goes on, got none',
        expected: worked.at,
        actual: told?.at ?? null,
        spanId: worked.spanId,
      },
    ];
  },
};
