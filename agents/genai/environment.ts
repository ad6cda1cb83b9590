import { z } from 'zod';

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
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${agent} cannot start: ${wrong.join('; ')}`);
}
