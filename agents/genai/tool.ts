import type { ChatCompletionFunctionTool } from 'openai/resources/chat/completions';
import { z } from 'zod';
import type { JsonValue } from './json.ts';

/** Base URLs of the APIs an agent calls, by the name its tools use; no slash at the end. */
export type Apis = Readonly<Record<string, string>>;

/** An HTTP call to an API, and what came of it. */
export type ApiCall = {
  /** A name of `Apis`. */
  api: string;
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  /** Sent as JSON; members without a value are left out. */
  body?: { [member: string]: JsonValue | undefined };
};

/** Work that is done in this process, such as asking another agent. What it throws is told to the model. */
export type LocalWork = { work(signal: AbortSignal): Promise<JsonValue> };

/** A function as the model is told of it. */
export type Offer = {
  name: string;
  description: string;
  /** JSON Schema of the arguments. */
  parameters: Record<string, unknown>;
};

/** Something the model can do. Each is one HTTP call, or one piece of work, so that its outcome is one thing. */
export type Tool = Offer & {
  /** Reading tools run side by side; a writing tool runs alone, in the order the model gave. */
  writes: boolean;
  /** What the arguments ask for. Throws where they do not fit `parameters`. */
  call(args: unknown): ApiCall | LocalWork;
};

/** A tool from its zod schema: one source for what the model is told and for what is checked. */
export function defineTool<Schema extends z.ZodObject>(
  name: string,
  description: string,
  { parameters, writes }: { parameters: Schema; writes: boolean },
  call: (args: z.infer<Schema>) => ApiCall | LocalWork,
): Tool {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters);
  return { name, description, parameters: schema, writes, call: (args) => call(parameters.parse(args)) };
}

/** A path with the parameters that are given. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Tools as a request to the model names them. */
export function offered(tools: readonly Offer[]): ChatCompletionFunctionTool[] {
  return tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters },
  }));
}
