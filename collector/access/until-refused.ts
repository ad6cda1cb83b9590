import type { Access } from './access.ts';

/** Calls `end` once what stays open would not be let in any more. @returns ends the watching. */
export type UntilRefused = (end: () => void) => () => void;

/** A key that is revoked, or a session that ends, keeps nothing open for longer. */
const lookEveryMillis = 2000;

/** @param ask lets the same request in again, or throws */
export function untilRefused(access: Access, ask: () => Promise<Access>): UntilRefused {
  return (end) => {
    const looking = setInterval(() => {
      ask().then(
        ({ project }) => project === access.project || stop(),
        () => stop(),
      );
    }, lookEveryMillis);
    const stop = () => {
      clearInterval(looking);
      end();
    };
    return () => clearInterval(looking);
  };
}
