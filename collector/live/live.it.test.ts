import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { LogRecord } from '../../domain/log-record.ts';
import { AlertsConfig } from '../alerts/alerts-config.ts';
import { exampleSpan } from '../testing/example-span.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector?.close());

/** The events of a live tail as they come. */
async function listen() {
  const leaving = new AbortController();
  const response = await fetch(`${collector.url}/api/live`, {
    headers: { 'last-event-id': '7' },
    signal: leaving.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => {});
  const events = () =>
    [...text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(([, event = '', data = '']) => ({
      event,
      data: JSON.parse(data),
    }));
  return { type: response.headers.get('content-type'), events, reading, leave: () => leaving.abort() };
}

describe('GET /api/live', () => {
  it('tells of spans and traces once they can be read', async () => {
    const tail = await listen();
    expect(tail.type).toMatch(/^text\/event-stream/);
    const root = exampleSpan({ parentSpanId: '', name: 'root of a live trace' });
    const child = exampleSpan({ spanId: 'c'.repeat(16), parentSpanId: root.spanId });
    await collector.sendSpans([root, child]);
    await expect.poll(() => tail.events().map(({ event }) => event)).toContain('trace');
    const found = await collector.client.api.traces[':traceId'].$get({ param: { traceId: root.traceId } });
    expect(found.status).toBe(200);
    const [spans, traces] = tail.events();
    expect(spans?.data).toMatchObject({
      dropped: 0,
      spans: [{ spanId: root.spanId }, { spanId: child.spanId }],
    });
    expect(traces?.data.traces).toMatchObject([{ traceId: root.traceId, name: 'root of a live trace' }]);
    tail.leave();
    await tail.reading;
    const ids = `${root.traceId},${'e'.repeat(32)}`;
    const named = await collector.client.api.traces.named.$get({ query: { ids } });
    expect((await named.json()).traces).toMatchObject([
      { traceId: root.traceId, spans: 2, rootReceived: true, loops: { kind: 'none' } },
    ]);
    const refused = await collector.client.api.traces.named.$get({ query: { ids: 'nothing' } });
    expect(refused.status).toBe(400);
  });
});

describe('GET /v1/control', () => {
  const trace = 'd'.repeat(32);
  const hello = { type: 'hello', session: 'session-1', agent: 'browser', trace };

  async function connect() {
    const socket = new WebSocket(`${collector.url.replace('http', 'ws')}/v1/control`);
    const frames: { type: string; id: string; command?: string }[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data))));
    await once(socket, 'open');
    socket.send(JSON.stringify(hello));
    await expect.poll(() => agents()).toMatchObject([{ connection: 'connected' }]);
    return { socket, frames, say: (frame: object) => socket.send(JSON.stringify(frame)) };
  }
  const agents = async () => (await (await collector.client.api.control.$get()).json()).agents;
  const ask = (json: object, session = hello.session) =>
    fetch(`${collector.url}/api/control/${session}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });

  it('carries commands to an agent, also after a break, and leaves them on its trace', async () => {
    const { socket, frames, say } = await connect();
    expect((await ask({ command: 'pause' })).status).toBe(200);
    await expect.poll(() => frames).toMatchObject([{ type: 'command', command: 'pause' }]);
    say({ type: 'ack', id: frames[0]?.id, state: 'done' });
    await expect.poll(() => agents()).toMatchObject([{ paused: true }]);
    socket.terminate();
    await expect.poll(() => agents()).toMatchObject([{ connection: 'away' }]);
    await ask({ command: 'override', text: 'Book the 9 o’clock train <b>' });
    const again = await connect();
    await expect.poll(() => again.frames).toMatchObject([{ command: 'override' }]);
    again.say({ type: 'ack', id: again.frames[0]?.id, state: 'refused', reason: 'no such train' });
    again.say({ type: 'bye' });
    const [code] = await once(again.socket, 'close');
    expect(code).toBe(1000);
    const kept = async () => {
      const answer = await collector.client.api.traces[':traceId'].logs.$get({
        param: { traceId: trace },
        query: { event: 'rehearse.control' },
      });
      return ((await answer.json()) as { logs: LogRecord[] }).logs;
    };
    const told = ['pause: sent', 'pause: done', 'override: waiting', 'override: sent', 'override: refused'];
    await expect.poll(async () => (await kept()).map(({ body }) => body)).toEqual(told);
    const logs = await kept();
    expect(logs.map(({ eventName }) => eventName)).toEqual(Array(5).fill('rehearse.control'));
    expect(logs.at(-1)?.attributes).toMatchObject({
      'gen_ai.agent.name': 'browser',
      'rehearse.control.text': 'Book the 9 o’clock train <b>',
      'rehearse.control.reason': 'no such train',
    });
  });

  it('refuses what is asked of nobody, and what is no command', async () => {
    const refusals = [
      await ask({ command: 'pause' }, 'nobody-here'),
      await ask({ command: 'dance' }),
      await ask({ command: 'feedback', text: ' ' }),
      await ask({ command: 'feedback', text: 'a'.repeat(8001) }),
      await ask({ command: 'stop', text: 'now' }),
      await fetch(`${collector.url}/v1/control`),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([404, 400, 400, 400, 400, 426]);
  });

  it.each([
    ['another host', { host: 'evil.example' }],
    ['a page of another site', { origin: 'http://evil.example' }],
    ['a page without a site', { origin: 'null' }],
  ])('answers no WebSocket of %s', async (_, headers) => {
    const socket = new WebSocket(`${collector.url.replace('http', 'ws')}/v1/control`, { headers });
    await expect(once(socket, 'open')).rejects.toThrow('403');
  });

  it('lets an agent go that says too much at once', async () => {
    const socket = new WebSocket(`${collector.url.replace('http', 'ws')}/v1/control`);
    await once(socket, 'open');
    socket.send('x'.repeat(64 * 1024 + 1));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
    const elsewhere = new WebSocket(`${collector.url.replace('http', 'ws')}/v1/nothing`);
    await expect(once(elsewhere, 'open')).rejects.toThrow('404');
  });
});

describe('a collector with alerts', () => {
  it('tells where the rules stand, and what they told: an alert that fires by itself; and closes', async () => {
    const hook = createServer((_, response) => response.end());
    hook.listen(0, '127.0.0.1');
    await once(hook, 'listening');
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;
    const rules = [
      { name: 'quiet', on: 'silence', above: 5 },
      { name: 'errors', on: 'error-rate', above: 0.1, service: 'nobody' },
      { name: 'loops', on: 'loop-rate', above: 0.1 },
      { name: 'cost', on: 'cost-per-hour', above: 5 },
      { name: 'slow', on: 'latency-p95', above: 5 },
      { name: 'replies', on: 'reply-rate-drop', above: 0.3 },
    ];
    const alerts = { ...AlertsConfig.parse({ webhook: { url }, rules }), every: 0.2 };
    const watching = await startTestCollector({ alerts });
    const ask = async () => (await watching.client.api.alerts.$get()).json();
    const steps = async () => (await ask()).history.map(({ kind, rule }) => [kind, rule]);
    await expect.poll(steps).toEqual([
      ['delivered', 'quiet'],
      ['fired', 'quiet'],
    ]);
    const { rules: watched, history } = await ask();
    expect(watched.map(({ rule, firing, reading }) => [rule.name, firing, reading?.kind])).toEqual([
      ['quiet', true, 'value'],
      ['errors', false, 'unknown'],
      ['loops', false, 'unknown'],
      ['cost', false, 'unknown'],
      ['slow', false, 'unknown'],
      ['replies', false, 'unknown'],
    ]);
    expect(history[1]?.text).toBe('Firing: quiet: time without a trace 1440 min, above 5 min');
    // Nobody who listens is waited for.
    const listening = (await fetch(`${watching.url}/api/live`)).text();
    await watching.close();
    expect(await listening).toMatch(/^retry: 2000/);
    hook.close();
  });
});
