import { z } from 'zod';
import { parseJson } from '../genai/json.ts';
import { runTool, type ToolDeps } from '../genai/run-tool.ts';

const Login = z.object({ login: z.string() });
export const Repository = z.object({ description: z.string().nullish(), default_branch: z.string() });
export const Issue = z.object({
  number: z.int(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  locked: z.boolean().default(false),
});
export type Issue = z.infer<typeof Issue>;
export const Pull = Issue.pick({ number: true, title: true, state: true }).extend({
  merged: z.boolean().default(false),
});
export type Pull = z.infer<typeof Pull>;
export const Comment = z.object({ id: z.int(), body: z.string(), user: Login });
export type Comment = z.infer<typeof Comment>;
export const Tree = z.object({
  /** Of the tree itself: the same as long as no file has changed. */
  sha: z.string(),
  tree: z.array(z.object({ path: z.string(), type: z.string() })),
  truncated: z.boolean().default(false),
});
export const CodeSearch = z.object({ items: z.array(z.object({ path: z.string() })) });
export const FileContent = z
  .object({ content: z.string(), encoding: z.literal('base64') })
  .transform(({ content }) => Buffer.from(content, 'base64').toString());

/** What a call came to. `mayHaveActed`: the host failed or was silent, so that a write may have taken place. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: string; mayHaveActed: boolean };

const Failed = z.object({
  error: z.object({ type: z.string(), message: z.string(), status: z.number().optional() }),
});

/** Calls the code host as the plan says, in a span like that of a tool that a model has chosen. */
export async function callHost<T>(
  deps: ToolDeps & { nextCall(): string },
  tool: string,
  given: Record<string, string | number>,
  shape: z.ZodType<T>,
): Promise<Answer<T>> {
  const call = { id: deps.nextCall(), name: tool, arguments: JSON.stringify(given) };
  const result = parseJson(await runTool(deps, call));
  const failed = Failed.safeParse(result);
  if (failed.success) {
    const { message, status } = failed.data.error;
    return { ok: false, problem: message, mayHaveActed: status === undefined || status >= 500 };
  }
  const read = shape.safeParse(result);
  if (read.success) return { ok: true, value: read.data };
  return { ok: false, problem: `the answer of ${tool} could not be read`, mayHaveActed: true };
}
