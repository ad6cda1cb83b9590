import { context, propagation, type Span, SpanKind } from '@opentelemetry/api';
import { z } from 'zod';
import { type JsonValue, parseJson } from './json.ts';
import { type Conversation, inSpan, markFailed } from './spans.ts';
import type { ApiCall, Apis, LocalWork, Tool } from './tool.ts';

/** How long an API may take before the agent stops waiting. */
const TIMEOUT_MS = 30_000;

export type ToolCall = { id: string; name: string; arguments: string };

export type ToolDeps = {
  tools: readonly Tool[];
  apis: Apis;
  /** Sent with every call: who calls. Default: none. */
  headers?: Readonly<Record<string, string>>;
  conversation: Conversation;
  signal: AbortSignal;
  /** Told of each call whose tool was run, and the text that came of it. */
  onResult?(call: ToolCall, text: string): void;
};

type ToolFailure = { type: string; message: string; status?: number };
type Outcome = { ok: true; result: JsonValue } | { ok: false; failure: ToolFailure };

/**
 * Runs one tool call in an `execute_tool` span and gives the text that goes back to the model. A tool that fails is
 * told to the model like any other result: whether to try again is for the model to decide, never done blindly here.
 *
 * @throws what `signal` was aborted with
 */
export async function runTool(deps: ToolDeps, call: ToolCall): Promise<string> {
  const tool = deps.tools.find(({ name }) => name === call.name);
  const span = {
    title: `execute_tool ${call.name}`,
    kind: SpanKind.INTERNAL,
    conversation: deps.conversation,
  };
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': call.name,
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': call.id,
    'gen_ai.tool.call.arguments': call.arguments,
    'gen_ai.tool.description': tool?.description,
  };
  return inSpan(span, attributes, async (active) => {
    const outcome = tool ? await attempt(deps, tool, call, active) : unknownTool(deps, call);
    if (!outcome.ok) markFailed(active, outcome.failure.type, outcome.failure.message);
    const text = JSON.stringify(outcome.ok ? outcome.result : { error: outcome.failure });
    active.setAttribute('gen_ai.tool.call.result', text);
    deps.onResult?.(call, text);
    return text;
  });
}

function unknownTool({ tools }: ToolDeps, { name }: ToolCall): Outcome {
  const known = tools.map((tool) => tool.name).join(', ');
  return { ok: false, failure: { type: 'unknown_tool', message: `no tool "${name}"; there are ${known}` } };
}

async function attempt(
  { apis, headers, conversation, signal }: ToolDeps,
  tool: Tool,
  call: ToolCall,
  span: Span,
): Promise<Outcome> {
  let request: ApiCall | LocalWork;
  try {
    request = tool.call(parseJson(call.arguments || '{}'));
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return { ok: false, failure: { type: 'invalid_arguments', message } };
  }
  try {
    return 'work' in request
      ? { ok: true, result: await request.work(signal) }
      : await send(
          apis,
          request,
          { ...headers, ...(tool.writes && idempotency(conversation, call)) },
          signal,
        );
  } catch (error) {
    signal.throwIfAborted();
    const thrown = error instanceof Error ? error : new Error(String(error));
    span.recordException(thrown);
    const who = 'work' in request ? call.name : `the ${request.api}`;
    const message = `no answer from ${who} (${thrown.message}); it may have acted all the same`;
    return { ok: false, failure: { type: thrown.name, message } };
  }
}

/** One tool call is one deed, however often the network delivers it. What the model asks for anew is a new one. */
function idempotency({ id }: Conversation, call: ToolCall): Record<string, string> {
  return { 'idempotency-key': encodeURIComponent(`${id}/${call.id}`) };
}

async function send(
  apis: Apis,
  request: ApiCall,
  always: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Outcome> {
  const headers: Record<string, string> = { accept: 'application/json', ...always };
  propagation.inject(context.active(), headers);
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(`${baseUrl(apis, request.api)}${request.path}`, {
    method: request.method,
    headers,
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const result = parseJson(await response.text());
  if (response.ok) return { ok: true, result };
  const { status } = response;
  return { ok: false, failure: { type: String(status), status, message: errorMessage(result, response) } };
}

function baseUrl(apis: Apis, name: string): string {
  const url = apis[name];
  if (url === undefined)
    throw new Error(`expected the base URL of the ${name}, one of ${Object.keys(apis).join(', ')}`);
  return url;
}

const ErrorBody = z.object({ error: z.object({ message: z.string() }) });

/** The API's own words where it has some. */
function errorMessage(body: JsonValue, { status, statusText }: Response): string {
  const parsed = ErrorBody.safeParse(body);
  return parsed.success ? parsed.data.error.message : `HTTP ${status} ${statusText}`.trim();
}
