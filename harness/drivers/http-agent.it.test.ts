import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpAgent } from './http-agent.ts';

const never = new AbortController().signal;
const request = { message: 'Go.', conversationId: 'c1' };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function agentAt(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat`;
  return httpAgent({ url, name: 'server', version: '1' });
}

describe('an agent that is a server', () => {
  it('is posted the message, the conversation and its environment, and the ids of the trial as baggage', async () => {
    const seen: unknown[] = [];
    const agent = await agentAt(async (incoming, response) => {
      const { method, url, headers } = incoming;
      let text = '';
      for await (const chunk of incoming) text += chunk;
      seen.push([method, url, headers['content-type'], headers.baggage, JSON.parse(text)]);
      response.end(JSON.stringify({ said: ['Grüße'], finished: false, more: 1 }));
    });
    const environment = { CRM_URL: 'http://crm', OTEL_RESOURCE_ATTRIBUTES: 'rehearse.trial.id=t1' };
    expect(await agent.run(request, environment, never)).toEqual({ said: ['Grüße'], finished: false });
    expect(seen).toEqual([
      [
        'POST',
        '/chat',
        'application/json',
        'rehearse.trial.id=t1',
        { message: 'Go.', conversationId: 'c1', environment: { CRM_URL: 'http://crm' } },
      ],
    ]);
  });

  it.each<[string, RequestListener, RegExp]>([
    [
      'crashes',
      (_, response) => response.writeHead(500).end('Traceback'),
      /^expected 200, got 500 Internal Server Error: "Traceback"$/,
    ],
    [
      'sends elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://evil.test/' }).end(),
      /^expected 200, got 302 Found/,
    ],
    ['prints rubbish', (_, response) => response.end('<html>'), /got what is no JSON: "<html>"$/],
    ['says nothing', (_, response) => response.end(), /got what is no JSON: ""$/],
    ['answers another shape', (_, response) => response.end('{"said":"hi"}'), /got .*hi.*: said: /],
    [
      'floods',
      (_, response) => {
        const pour = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', pour);
        pour();
      },
      /^expected an answer of at most 4194304 bytes, got more$/,
    ],
    [
      'drops the connection',
      (incoming) => incoming.socket.destroy(),
      /^no answer from http:.*: socket hang up$/,
    ],
    [
      'exits early',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"said":', () => response.destroy());
      },
      /^the answer broke off after 8 bytes: /,
    ],
  ])('that %s has crashed, with the reason', async (_, listener, reason) => {
    const agent = await agentAt(listener);
    await expect(agent.run(request, {}, never)).rejects.toThrow(reason);
  });

  it('that is not there has crashed, with the reason', async () => {
    const agent = httpAgent({ url: 'http://127.0.0.1:1/', name: 'nobody', version: '1' });
    await expect(agent.run(request, {}, never)).rejects.toThrow(
      /no answer from http:\/\/127.0.0.1:1: .*ECONNREFUSED/,
    );
  });

  it.each<[string, RequestListener]>([
    ['never answers', () => {}],
    ['never ends its answer', (_, response) => void response.writeHead(200).write('{')],
  ])('that %s is left at the limit', async (_, listener) => {
    const asked = Promise.withResolvers<void>();
    const agent = await agentAt((incoming, response) => {
      listener(incoming, response);
      asked.resolve();
    });
    const limit = new AbortController();
    const answer = agent.run(request, {}, limit.signal);
    await asked.promise;
    limit.abort(new Error('the wall limit was reached'));
    await expect(answer).rejects.toThrow('the wall limit was reached');
  });
});
