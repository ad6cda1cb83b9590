import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { flush, run, startTelemetry } from './index.ts';

type Call = [name: string, args: object];
/** What the model says: words, or calls. */
type Said = string | Call[];

const PAGE = `<html><head><base href="./"><title>Mill</title></head><body><h1>Mill</h1>
<form method="post" action="orders"><label for="n">Sacks</label><input id="n" name="sacks" value="1"><button>Order</button></form>
<a href="http://elsewhere.test/">Elsewhere</a></body></html>`;

/** A site of one form, and a model that says what it is told to: over real HTTP, on one port. */
function openMill() {
  const seen: { path: string; body: string }[] = [];
  let script: Said[] = [];
  let meanwhile = async () => {};
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const path = request.url ?? '';
      seen.push({ path, body });
      if (path === '/v1/chat/completions') {
        const said = script.shift() ?? 'Done.';
        const answer = () =>
          response.writeHead(200, { 'content-type': 'application/json' }).end(completion(said));
        if (said === PRESS) meanwhile().then(answer);
        else answer();
      } else if (request.method === 'POST') {
        response.writeHead(303, { location: './orders/7' }).end();
      } else {
        const html = path.startsWith('/mill/orders/') ? '<h1>Order 7</h1>' : PAGE;
        response.writeHead(200, { 'content-type': 'text/html' }).end(html);
      }
    });
  });
  return {
    seen,
    says(...next: Said[]) {
      script = next;
      seen.length = 0;
    },
    /** What happens while the model thinks of pressing the button. */
    beforePress(happens: () => Promise<void>) {
      meanwhile = happens;
    },
    start: () => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)),
    environment(more: Record<string, string> = {}) {
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const model = { OPENAI_BASE_URL: `${base}/v1`, OPENAI_API_KEY: 'test', OPENAI_MODEL: 'gpt-test' };
      return { ...model, BROWSER_SITES: 'mill', MILL_URL: `${base}/mill`, BROWSER_CRITIC: 'off', ...more };
    },
    forms: () => seen.filter(({ path }) => path === '/mill/orders').map(({ body }) => body),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function completion(said: Said): string {
  const tool_calls =
    typeof said === 'string'
      ? undefined
      : said.map(([name, args], index) => ({
          id: `call_${index}`,
          type: 'function',
          function: { name, arguments: JSON.stringify(args) },
        }));
  const message = { role: 'assistant', content: typeof said === 'string' ? said : null, tool_calls };
  const choices = [{ index: 0, message, finish_reason: tool_calls ? 'tool_calls' : 'stop' }];
  return JSON.stringify({ id: 'c', object: 'chat.completion', created: 0, model: 'gpt-test', choices });
}

const mill = openMill();
const exporter = new InMemorySpanExporter();
const telemetry = startTelemetry({ exporter });
beforeAll(() => mill.start());
beforeEach(async () => {
  await flush();
  exporter.reset();
});
afterAll(async () => {
  mill.close();
  await telemetry.shutdown();
});

let conversations = 0;
const newId = () => `conversation-${++conversations}`;
const signal = AbortSignal.timeout(60_000);
const tell = (message: string, conversationId: string, more: Record<string, string> = {}) =>
  run({ message, conversationId }, mill.environment(more), signal);

const OPEN: Said = [['open', { address: 'mill' }]];
const TYPE: Said = [['type', { element: 1, text: '3' }]];
const PRESS: Said = [['click', { element: 2 }]];

describe('the browser', () => {
  it('asks before it looks and before it changes something, and goes on after a yes', async () => {
    const id = newId();
    mill.says(OPEN);
    expect((await tell('Order three sacks.', id)).said[0]).toMatch(/^May I look at mill .*\?/);
    expect(mill.seen.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
    mill.says(OPEN, TYPE, PRESS);
    expect((await tell('Yes.', id)).said[0]).toMatch(
      /^May I change things on mill .*\?.*press \[2 button\] Order/,
    );
    expect(mill.forms()).toEqual([]);
    mill.says(PRESS, 'Ordered.');
    expect(await tell('ok', id)).toEqual({ said: ['Ordered.'], finished: true });
    expect(mill.forms()).toEqual(['sacks=3']);
  });

  it('takes a no for an answer', async () => {
    const id = newId();
    mill.says(OPEN, PRESS);
    await tell('Order a sack.\ngrant: mill read', id);
    mill.says(PRESS, 'Then not.');
    expect((await tell('No.', id)).said).toEqual(['Then not.']);
    expect(mill.forms()).toEqual([]);
  });

  it('goes to no other place than the sites of the user', async () => {
    mill.says(
      OPEN,
      [['click', { element: 3 }]],
      [['open', { address: 'http://elsewhere.test/' }]],
      'I stay.',
    );
    await tell('Go on.\ngrant: mill read, write', newId());
    await flush();
    const refused = exporter
      .getFinishedSpans()
      .filter(({ attributes }) => attributes['error.type'] === 'refused');
    expect(refused.map(({ name }) => name)).toEqual(['execute_tool click', 'execute_tool open']);
  });

  it('does what its critic approves, and tells the model what it objects to', async () => {
    const no: Said = [['verdict', { approve: false, reason: 'three were asked for.' }]];
    const yes: Said = [['verdict', { approve: true, reason: 'fine.' }]];
    mill.says(OPEN, PRESS, no, TYPE, PRESS, yes, 'Ordered.');
    const granted = 'Order three sacks.\ngrant: mill read, write';
    expect((await tell(granted, newId(), { BROWSER_CRITIC: 'on' })).said).toEqual(['Ordered.']);
    expect(mill.forms()).toEqual(['sacks=3']);
    const asked = mill.seen.filter(({ path }) => path.startsWith('/v1')).map(({ body }) => JSON.parse(body));
    expect(asked[2].messages.at(-1).content).toMatch(
      /^TASK\nOrder three sacks\.\n\nACTION\npress \[2 button\] Order/,
    );
    expect(asked[3].messages.at(-1).content).toContain('the critic objects: three were asked for.');
    await flush();
    const reviews = exporter.getFinishedSpans().filter(({ name }) => name === 'invoke_agent browser-critic');
    expect(reviews.map(({ attributes }) => attributes['browser.critic.approved'])).toEqual([false, true]);
  });

  it('does nothing where the critic gives no verdict, and hands over when it is not to be convinced', async () => {
    mill.says(OPEN, ...Array.from({ length: 4 }, (): Said[] => [PRESS, 'Hm.']).flat());
    const granted = 'Order a sack.\ngrant: mill read, write';
    const { said } = await tell(granted, newId(), { BROWSER_CRITIC: 'on' });
    expect(said[0]).toMatch(/handing this over to a person/);
    expect(mill.forms()).toEqual([]);
  });

  it('shows the model the page that is open, and of those before the address', async () => {
    mill.says(OPEN, PRESS, 'Ordered.');
    await tell('Order a sack.\ngrant: mill read, write', newId());
    const last = JSON.parse(mill.seen.filter(({ path }) => path.startsWith('/v1')).at(-1)?.body ?? '{}');
    const results = last.messages.filter(({ role }: { role: string }) => role === 'tool');
    expect(results.map(({ content }: { content: string }) => content)).toEqual([
      'PAGE mill/ (left)',
      'PAGE mill/orders/7\n# Order 7',
    ]);
  });

  it('leaves a trace of one root, with pages and their tokens', async () => {
    mill.says(OPEN, 'Seen.');
    await tell('Look.\ngrant: mill read', newId());
    await flush();
    const spans = exporter.getFinishedSpans();
    expect(spans.filter(({ parentSpanContext }) => !parentSpanContext).map(({ name }) => name)).toEqual([
      'invoke_agent browser',
    ]);
    const opened = spans.find(({ name }) => name === 'execute_tool open');
    expect(opened?.attributes).toMatchObject({
      'browser.action': 'open mill',
      'http.response.status_code': 200,
    });
    expect(Number(opened?.attributes['browser.page.tokens'])).toBeGreaterThan(10);
  });

  it.each([
    ['override', { command: 'override', text: 'Do not order.' }, 'Then not.'],
    ['stop', { command: 'stop' }, 'Stopped, as I was told. I do nothing more.'],
  ])('drops what it had planned at %s of those who watch', async (_, command, answer) => {
    const watchers = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(watchers, 'listening');
    const heard: { type: string; state?: string }[] = [];
    watchers.on('connection', (agent) => agent.on('message', (data) => heard.push(JSON.parse(String(data)))));
    const told = () => heard.flatMap(({ type, state }) => (type === 'ack' ? [state] : []));
    mill.beforePress(async () => {
      const [agent] = watchers.clients;
      agent?.send(JSON.stringify({ type: 'command', id: 'c1', ...command }));
      await expect.poll(() => told()).toEqual(['accepted']);
    });
    mill.says(OPEN, PRESS, 'Then not.');
    const { port } = watchers.address() as AddressInfo;
    const more = { CONTROL_URL: `ws://127.0.0.1:${port}` };
    const { said } = await tell('Order a sack.\ngrant: mill read, write', newId(), more);
    mill.beforePress(async () => {});
    expect([said, mill.forms()]).toEqual([[answer], []]);
    await expect.poll(() => heard.at(-1)).toEqual({ type: 'bye' });
    expect(told()).toEqual(['accepted', 'done']);
    await flush();
    const trace = exporter.getFinishedSpans().at(-1)?.spanContext().traceId;
    expect(heard).toContainEqual(expect.objectContaining({ type: 'hello', agent: 'browser', trace }));
    watchers.close();
  });

  it('is cut short at its limit of steps', async () => {
    mill.says(OPEN, OPEN, OPEN);
    expect(await tell('Look.\ngrant: mill read', newId(), { BROWSER_STEP_LIMIT: '2' })).toEqual({
      said: [],
      finished: false,
    });
  });
});
