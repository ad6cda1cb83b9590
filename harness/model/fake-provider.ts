import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as the provider saw it. */
export type SeenRequest = { path: string; headers: IncomingHttpHeaders; body: Record<string, unknown> };

export type FakeProvider = {
  /** Of its API, `/v1` included. */
  url: string;
  readonly seen: readonly SeenRequest[];
  /** Answers the next requests so, one each, before it goes on as ever. */
  next(...answers: ((response: ServerResponse) => void)[]): void;
  close(): void;
};

/**
 * Stands in for a provider of models in tests: chat completions (streamed in pieces, with pauses), responses and
 * embeddings. It counts its answers, so that a replayed one is told from a new one.
 */
export async function startProvider(): Promise<FakeProvider> {
  const seen: SeenRequest[] = [];
  const planned: ((response: ServerResponse) => void)[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body = JSON.parse(Buffer.concat(pieces).toString('utf8') || '{}');
    const path = request.url ?? '';
    seen.push({ path, headers: request.headers, body });
    response.setHeader('set-cookie', '__cf_bm=secret');
    response.setHeader('openai-organization', 'acme');
    response.setHeader('x-request-id', `req_${seen.length}`);
    const plan = planned.shift();
    if (plan) plan(response);
    else if (path === '/v1/embeddings') json(response, embedding(body));
    else if (path === '/v1/responses') json(response, whole(body, seen.length));
    else if (body.stream) await stream(response, body, seen.length);
    else json(response, completion(body, seen.length));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    next: (...answers) => void planned.push(...answers),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Sends JSON. */
export function json(response: ServerResponse, body: object, status = 200, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

type Body = {
  model?: string;
  messages?: { content: string }[];
  stream_options?: { include_usage?: boolean };
};

const usage = {
  prompt_tokens: 100,
  completion_tokens: 20,
  total_tokens: 120,
  prompt_tokens_details: { cached_tokens: 40 },
  completion_tokens_details: { reasoning_tokens: 5 },
};

function said({ messages }: Body, number: number): string {
  return `Grüße ${number}: ${messages?.at(-1)?.content}`;
}

function completion(body: Body, number: number): object {
  const message = { role: 'assistant', content: said(body, number), refusal: null };
  return {
    id: `chatcmpl-${number}`,
    object: 'chat.completion',
    created: 0,
    model: `${body.model}-2025-04-14`,
    choices: [{ index: 0, message, finish_reason: 'stop', logprobs: null }],
    usage,
  };
}

function whole(body: Body, number: number): object {
  return {
    id: `resp_${number}`,
    object: 'response',
    status: 'completed',
    model: body.model,
    output: [
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: `response ${number}`, annotations: [] }],
      },
    ],
    usage: { input_tokens: 7, output_tokens: 3, total_tokens: 10 },
  };
}

function embedding(body: Body): object {
  const data = [{ object: 'embedding', index: 0, embedding: [0.25, -0.5] }];
  return { object: 'list', model: body.model, data, usage: { prompt_tokens: 4, total_tokens: 4 } };
}

async function stream(response: ServerResponse, body: Body, number: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const head = { id: `chatcmpl-${number}`, object: 'chat.completion.chunk', created: 0, model: body.model };
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason }],
  });
  const events = [
    chunk({ role: 'assistant', content: '' }),
    ...said(body, number)
      .split(/(?<= )/)
      .map((content) => chunk({ content })),
    chunk({}, 'stop'),
    ...(body.stream_options?.include_usage ? [{ ...head, choices: [], usage }] : []),
  ];
  for (const event of events) {
    const bytes = Buffer.from(`data: ${JSON.stringify(event)}\n\n`);
    // In the middle of a character, as networks do.
    const cut = bytes.indexOf(0xc3) + 1 || 9;
    response.write(bytes.subarray(0, cut));
    await sleep(15);
    response.write(bytes.subarray(cut));
  }
  response.end('data: [DONE]\n\n');
}
