import { once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { micros } from '../../domain/units.ts';
import { openFeedback } from './feedback.ts';

const feedback = await openFeedback();
afterAll(() => feedback.close());

const now = micros(Date.parse('2026-03-02T09:00:00Z') * 1000);
const connect = async (url: string) => {
  const client = new WebSocket(url);
  const heard: unknown[] = [];
  client.on('message', (data) => heard.push(JSON.parse(String(data))));
  await once(client, 'open');
  return { client, heard };
};
const message = (text: string) => ({ type: 'message', text, at: '2026-03-02T09:00:00.000Z' });
const polled = async (url: string, init?: RequestInit) =>
  fetch(`${url.replace('ws:', 'http:')}/messages`, init);

describe('a feedback channel', () => {
  it('has delivered when the post resolves, to every client', async () => {
    const channel = feedback.open();
    const [one, two] = [await connect(channel.url), await connect(channel.url)];
    expect(await channel.post('Stop.', now)).toEqual({ heard: true });
    expect([one.heard, two.heard]).toEqual([[message('Stop.')], [message('Stop.')]]);
    channel.close();
    await once(one.client, 'close');
  });

  it('keeps what nobody heard for the next who connects or asks, once', async () => {
    const channel = feedback.open();
    const letters = [await channel.post('One.', now), await channel.post('Two.', now)];
    expect(letters).toEqual([{ heard: false }, { heard: false }]);
    const { client, heard } = await connect(channel.url);
    expect(await channel.collect()).toEqual([]);
    expect(heard).toEqual([message('One.'), message('Two.')]);
    expect(letters).toEqual([{ heard: true }, { heard: true }]);
    expect(await (await polled(channel.url)).json()).toEqual({ messages: [] });
    client.close();
    await once(client, 'close');
    await expect.poll(async () => (await channel.post('Three.', now)).heard).toBe(false);
    expect(await (await polled(channel.url)).json()).toEqual({ messages: [message('Three.')] });
    expect((await polled(channel.url, { method: 'POST' })).status).toBe(405);
    channel.close();
  });

  it('collects what the agent said before, and passes over what is none', async () => {
    const channel = feedback.open();
    const { client } = await connect(channel.url);
    for (const frame of ['no JSON', '{"type":"say"}', '{"type":"ack"}', '{"type":"say","text":"On it."}'])
      client.send(frame);
    expect(await channel.collect()).toEqual(['On it.']);
    expect(await channel.collect()).toEqual([]);
    channel.close();
  });

  it('is shut to strangers and when its trial is over', async () => {
    const channel = feedback.open();
    const strange = new WebSocket(`${channel.url}x`);
    await expect(once(strange, 'open')).rejects.toThrow('404');
    const url = channel.url;
    channel.close();
    expect((await polled(url)).status).toBe(404);
    await expect(once(new WebSocket(url), 'open')).rejects.toThrow('404');
  });

  it('does not wait for ever for a client that went silent', async () => {
    const impatient = await openFeedback({ patience: 50 });
    const channel = impatient.open();
    const { client } = await connect(channel.url);
    client.pause();
    expect(await channel.post('Hello?', now)).toEqual({ heard: false });
    client.resume();
    await once(client, 'close');
    expect(await (await polled(channel.url)).json()).toEqual({ messages: [message('Hello?')] });
    await impatient.close();
  });
});
