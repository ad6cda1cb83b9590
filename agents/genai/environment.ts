import { z } from 'zod';
import type { People } from './control.ts';

/** A base URL without a slash at the end. */
export const BaseUrl = z.url().transform((url) => url.replace(/\/+$/, ''));

/** The variables that every agent here reads to reach its model. */
export const ModelEnvironment = z.object({
  OPENAI_BASE_URL: BaseUrl.default('https://api.openai.com/v1'),
  OPENAI_API_KEY: z.string().min(1),
  OPENAI_MODEL: z.string().min(1),
  /** A cheaper model for simple work: routing, choosing tools, carrying out. Default: `OPENAI_MODEL`. */
  OPENAI_SMALL_MODEL: z.string().min(1).optional(),
});

/** The variables by which people are heard while an agent works. */
export const PeopleEnvironment = z.object({
  /** A WebSocket of the user. */
  USER_URL: z.url().optional(),
  /** A WebSocket of those who watch agents at work, and the key that it asks for. */
  CONTROL_URL: z.url().optional(),
  CONTROL_KEY: z.string().min(1).optional(),
});

export function peopleOf({ USER_URL, CONTROL_URL, CONTROL_KEY }: z.output<typeof PeopleEnvironment>): People {
  return {
    userUrl: USER_URL ?? null,
    control: CONTROL_URL === undefined ? null : { url: CONTROL_URL, key: CONTROL_KEY ?? null },
  };
}

/**
 * Reads an agent's variables by their names in the environment.
 *
 * @throws Error that names each variable that is missing or not of its form.
 */
export function readEnvironment<Schema extends z.ZodType>(
  agent: string,
  schema: Schema,
  environment: Record<string, string | undefined>,
): z.output<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({ name: path.join('.'), message }));
  const missing = problems.filter(({ name }) => environment[name] === undefined).map(({ name }) => name);
  const wrong = problems.filter(({ name }) => environment[name] !== undefined);
  const said = [
    ...(missing.length > 0 ? [`${missing.join(', ')} must be set`] : []),
    ...wrong.map(({ name, message }) => `${name}: ${message}`),
  ];
  throw new Error(`${agent} cannot start: ${said.join('; ')}`);
}
