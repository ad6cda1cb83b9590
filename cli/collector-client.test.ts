import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { TrialId } from '../domain/ids.ts';
import { collectorClient } from './collector-client.ts';

/** A server that breaks off so many requests before it answers. */
async function breakingServer(breaks: number) {
  let requests = 0;
  const server = createServer((_, response) => {
    if (requests++ < breaks) response.destroy();
    else response.setHeader('content-type', 'application/json').end('{"complete":true,"spans":[]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { client: collectorClient(`http://127.0.0.1:${port}`, { lasting: true }), requests: () => requests };
}

const trialId = TrialId.parse('a'.repeat(24));

it('asks once more where a connection breaks', async () => {
  const { client, requests } = await breakingServer(1);
  const { signal } = new AbortController();
  expect(await client.spans.spansOf(trialId, signal)).toEqual({ complete: true, spans: [] });
  expect(requests()).toBe(2);
});

it('says that the collector does not answer where it breaks again', async () => {
  const { client, requests } = await breakingServer(2);
  const asked = client.spans.spansOf(trialId, new AbortController().signal);
  await expect(asked).rejects.toMatchObject({ code: 'COLLECTOR_UNREACHABLE' });
  expect(requests()).toBe(2);
});

it('does not ask again once it was given up', async () => {
  const { client, requests } = await breakingServer(0);
  await expect(client.spans.spansOf(trialId, AbortSignal.abort())).rejects.toThrow();
  expect(requests()).toBe(0);
});
