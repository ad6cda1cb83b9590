import type { z } from 'zod';

const LONGEST = 60;

/** What was expected of a field and what came, in one line. `input` is the whole of what was checked. */
export function fieldProblem(issue: z.core.$ZodIssue, input: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    return `expected only the fields there are, got ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  }
  const value = issue.path.reduce<unknown>(
    (inside, step) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[step],
    input,
  );
  const said = issue.message.replace(/^Invalid input(: )?/, '').replace(/, received .*$/, '');
  return `${said || 'expected a JSON value'}, got ${value === undefined ? 'nothing' : shorten(JSON.stringify(value))}`;
}

function shorten(json: string): string {
  return json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json;
}
