import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const LONGEST = 60;
/** Fields whose text is shown to nobody: what went wrong is printed and logged. */
const SECRET = /password|secret|token|authorization/i;

/**
 * The first field that is not as a schema has it, with what was expected and what came: `limits.cost: expected number, got
 * "7"`. Of a value that may have several shapes it is a field of the one that the value comes nearest to.
 *
 * @param input the whole of what was parsed
 */
export function schemaProblem({ issues: [first] }: Pick<z.core.$ZodError, 'issues'>, input: unknown): string {
  if (!first) return 'the whole: is not what was expected';
  const issue = nearestIssue(first);
  return `${issue.path.map(String).join('.') || 'the whole'}: ${fieldProblem(issue, input)}`;
}

/** What was expected of a field and what came, in one line. `input` is the whole of what was parsed. */
export function fieldProblem(issue: Issue, input: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    return `expected only the fields there are, got ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  }
  const said = issue.message
    .replace(/^(Invalid input|Invalid option|Too small|Too big)(: )?/, '')
    .replace(/^Invalid discriminator value\. Expected/, 'expected')
    .replace(/, received .*$/, '');
  if (/\bgot\b/.test(said)) return said;
  const value = issue.path.reduce<unknown>(
    (inside, step) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[step],
    input,
  );
  return `${said || 'expected a JSON value'}, got ${shown(value, String(issue.path.at(-1) ?? ''))}`;
}

/** An issue of the shape that the value went along with furthest; the one of the union where it is like none of them. */
function nearestIssue(issue: Issue, above: readonly PropertyKey[] = []): Issue {
  const whole: Issue = { ...issue, path: [...above, ...issue.path] };
  if (issue.code !== 'invalid_union') return whole;
  return issue.errors
    .flatMap(([first]) =>
      first !== undefined && (first.path.length > 0 || first.code === 'unrecognized_keys')
        ? [nearestIssue(first, whole.path)]
        : [],
    )
    .reduce((deepest, found) => (found.path.length >= deepest.path.length ? found : deepest), whole);
}

function shown(value: unknown, field: string): string {
  if (value === undefined) return 'nothing';
  const json = jsonOf(value, field) ?? `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
  return json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json;
}

/** `undefined` for what JSON cannot say: functions, circles. */
function jsonOf(value: unknown, field: string): string | undefined {
  try {
    return JSON.stringify(value, (name, inner) =>
      typeof inner === 'string' && (SECRET.test(name) || SECRET.test(field)) ? '…' : inner,
    );
  } catch {
    return undefined;
  }
}
