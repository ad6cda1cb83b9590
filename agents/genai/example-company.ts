import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server saw it; a body that is not JSON is its text. */
export type Seen = { method: string; path: string; headers: IncomingMessage['headers']; body: unknown };
/** `null`: the connection is cut without an answer. `'never'`: no answer comes. */
type Answer = { status: number; body?: unknown } | null | 'never';

/**
 * The company's APIs and the model on one loopback port, for the tests: `apis` answers the tools, `model` the nth call
 * of the model with its choice.
 */
export async function openCompany(apis: (request: Seen) => Answer, model: (call: number) => Answer) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const { method = '', url = '', headers } = request;
      const isJson = headers['content-type']?.startsWith('application/json') ?? false;
      const entry = { method, path: url, headers, body: isJson ? JSON.parse(text) : text };
      seen.push(entry);
      const calls = seen.filter(({ path }) => path === '/v1/chat/completions').length;
      const answer = url === '/v1/chat/completions' ? model(calls) : apis(entry);
      if (answer === 'never') return;
      if (answer === null) return request.socket.destroy();
      if (answer.status === 200 && isStreamed(entry.body)) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        return response.end(eventsOf(answer.body as Completion));
      }
      response.writeHead(answer.status, { 'content-type': 'application/json', 'x-should-retry': 'false' });
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    seen,
    environment: {
      CRM_URL: `${base}/crm`,
      MAIL_URL: `${base}/mail`,
      CALENDAR_URL: `${base}/calendar`,
      OPENAI_BASE_URL: `${base}/v1`,
      OPENAI_API_KEY: 'test',
      OPENAI_MODEL: 'gpt-test',
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The model says something. */
export function says(content: string): Answer {
  return completion({ content }, 'stop');
}

/** The model calls tools. */
export function calls(...tools: [name: string, args: object | string][]): Answer {
  const toolCalls = tools.map(([name, args], index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
  }));
  return completion({ content: null, tool_calls: toolCalls }, 'tool_calls');
}

type Completion = { choices: { message: object; finish_reason: string }[]; usage: object };

function isStreamed(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
}

/** A completion as server-sent events: what is said in two pieces, then how it ended, then what it took. */
function eventsOf({ choices, usage, ...head }: Completion): string {
  const [{ message, finish_reason } = { message: {}, finish_reason: 'stop' }] = choices;
  const { content = null, tool_calls = [] } = message as { content?: string | null; tool_calls?: object[] };
  const half = Math.ceil((content?.length ?? 0) / 2);
  const deltas = [
    { role: 'assistant', content: '' },
    ...(content === null ? [] : [{ content: content.slice(0, half) }, { content: content.slice(half) }]),
    ...tool_calls.map((call, index) => ({ tool_calls: [{ ...call, index }] })),
  ];
  const chunk = (choices: object[], more: object = {}) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices,
    ...more,
  });
  const chunks = [
    ...deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason }]),
    chunk([], { usage }),
  ];
  return [...chunks.map((each) => JSON.stringify(each)), '[DONE]']
    .map((data) => `data: ${data}\n\n`)
    .join('');
}

function completion(message: object, finish_reason: string): Answer {
  return {
    status: 200,
    body: {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 0,
      model: 'gpt-test-2026-01-01',
      choices: [{ index: 0, message: { role: 'assistant', refusal: null, ...message }, finish_reason }],
      usage: {
        prompt_tokens: 120,
        completion_tokens: 30,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 100 },
        completion_tokens_details: { reasoning_tokens: 20 },
      },
    },
  };
}
