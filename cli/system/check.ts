/** What was looked at on a machine, and what to do about it. */
export type Check = {
  /** `disk`, `port 4318`. */
  name: string;
  /** `fail`: Rehearse does not start, or loses its footing soon; `warn`: it works, and somebody should look. */
  status: 'ok' | 'warn' | 'fail';
  found: string;
  expected: string;
  /** What to do; `null` where nothing is to be done. */
  cure: string | null;
};

export function ok(name: string, found: string, expected: string): Check {
  return { name, status: 'ok', found, expected, cure: null };
}

export function warn(name: string, found: string, expected: string, cure: string): Check {
  return { name, status: 'warn', found, expected, cure };
}

export function fail(name: string, found: string, expected: string, cure: string): Check {
  return { name, status: 'fail', found, expected, cure };
}

/** Why a file, a directory or a server does not do what it should. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return error.message.includes(cause) ? error.message : `${error.message}: ${cause}`;
}
