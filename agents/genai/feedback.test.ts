import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket as Client, WebSocketServer } from 'ws';
import { openFeedback } from './feedback.ts';

let server: WebSocketServer | null = null;
afterEach(() => {
  for (const client of server?.clients ?? []) client.terminate();
  server?.close();
});

async function channel() {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const connected = once(server, 'connection').then(([client]) => client as Client);
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, connected };
}

/** What was sent has been dealt with when the ping after it is answered. */
async function settled(client: Client) {
  client.ping();
  await once(client, 'pong');
}

describe('openFeedback', () => {
  it('gives what the user said, once and in order, and nothing else that comes', async () => {
    const { url, connected } = await channel();
    const feedback = await openFeedback(url, new AbortController().signal);
    const user = await connected;
    user.send(JSON.stringify({ type: 'message', text: 'Stop.', at: '2026-03-02T09:00:00Z' }));
    user.send('not JSON');
    user.send(JSON.stringify({ type: 'typing' }));
    user.send(JSON.stringify({ type: 'message', text: 'I meant Lee.' }));
    await settled(user);
    expect(feedback.take()).toEqual(['Stop.', 'I meant Lee.']);
    expect(feedback.take()).toEqual([]);
    feedback.close();
    await once(user, 'close');
  });

  it('tells the user what is said', async () => {
    const { url, connected } = await channel();
    const feedback = await openFeedback(url, new AbortController().signal);
    const user = await connected;
    const said = once(user, 'message');
    feedback.send({ type: 'say', text: 'On it.' });
    expect(JSON.parse(String((await said)[0]))).toEqual({ type: 'say', text: 'On it.' });
    feedback.close();
  });

  it('says where nobody answers, and ends with its signal', async () => {
    const { url, connected } = await channel();
    const stop = new AbortController();
    await openFeedback(url, stop.signal);
    const user = await connected;
    stop.abort(new Error('enough'));
    await once(user, 'close');
    await expect(openFeedback(url, stop.signal)).rejects.toThrow('enough');
    server?.close();
    const alone = new AbortController().signal;
    await expect(openFeedback(url, alone)).rejects.toThrow(/expected to hear the user at ws:/);
  });
});
