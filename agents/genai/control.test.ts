import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket as Client, WebSocketServer } from 'ws';
import { openControl } from './control.ts';
import { type Ack, createOrders } from './orders.ts';

const conversation = { id: 'talk-1', agent: { name: 'browser', version: '1.0.0' } };
const never = () => new AbortController().signal;

let servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
  servers = [];
});

/** Somebody who listens at a WebSocket of their own. */
async function somebody() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  const clients: Client[] = [];
  const heard: Record<string, unknown>[] = [];
  server.on('connection', (client) => {
    clients.push(client);
    client.on('message', (data) => heard.push(JSON.parse(String(data))));
  });
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const say = async (...frames: (object | string)[]) => {
    const client = clients.at(-1);
    for (const frame of frames) client?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
    client?.ping();
    // What was sent before has been dealt with when the ping is answered.
    if (client) await once(client, 'pong');
  };
  return { server, url, clients, heard, say };
}

describe('openControl', () => {
  it('gives what the user said, once and in order, and nothing else that comes', async () => {
    const { url, say, clients } = await somebody();
    const people = await openControl({ userUrl: url, control: null }, conversation, never());
    await say(
      { type: 'message', text: 'Stop.', at: '2026-03-02T09:00:00Z' },
      'not JSON',
      { type: 'typing' },
      { type: 'message', text: 'I meant Lee.' },
    );
    expect(people.take()).toEqual(['Stop.', 'I meant Lee.']);
    expect(people.take()).toEqual([]);
    expect(await people.next()).toBe('go on');
    people.close();
    if (clients[0]) await once(clients[0], 'close');
  });

  it('tells the user what is said, and says whether there is one', async () => {
    const { url, heard } = await somebody();
    const people = await openControl({ userUrl: url, control: null }, conversation, never());
    expect(people.send({ type: 'say', text: 'On it.' })).toBe(true);
    await expect.poll(() => heard).toEqual([{ type: 'say', text: 'On it.' }]);
    people.close();
    const alone = await openControl({ userUrl: null, control: null }, conversation, never());
    expect([alone.send({ type: 'say', text: 'Hello?' }), alone.take()]).toEqual([false, []]);
  });

  it('says where no user answers, and ends with its signal', async () => {
    const { url, server, clients } = await somebody();
    const stop = new AbortController();
    await openControl({ userUrl: url, control: null }, conversation, stop.signal);
    await expect.poll(() => clients).toHaveLength(1);
    stop.abort(new Error('enough'));
    if (clients[0]) await once(clients[0], 'close');
    const open = (signal: AbortSignal) => openControl({ userUrl: url, control: null }, conversation, signal);
    await expect(open(stop.signal)).rejects.toThrow('enough');
    server.close();
    await expect(open(never())).rejects.toThrow(/expected to hear the user at ws:/);
  });

  it('says who it is to those who watch, obeys them, and comes back after a break', async () => {
    const { url, heard, say, clients } = await somebody();
    const people = await openControl(
      { userUrl: null, control: { url, key: 'secret' } },
      conversation,
      never(),
    );
    await expect.poll(() => heard).toMatchObject([{ type: 'hello', agent: 'browser', version: '1.0.0' }]);
    people.begin('a'.repeat(32));
    await say({ type: 'command', command: 'pause', id: 'c1' });
    await expect.poll(() => heard.at(-1)).toEqual({ type: 'ack', id: 'c1', state: 'accepted' });
    const going = people.next();
    clients[0]?.terminate();
    await expect.poll(() => clients).toHaveLength(2);
    await expect
      .poll(() => heard.at(-1))
      .toMatchObject({
        type: 'hello',
        session: heard[0]?.session,
        trace: 'a'.repeat(32),
        paused: true,
      });
    await say(
      { type: 'command', command: 'pause', id: 'c1' },
      { type: 'command', command: 'resume', id: 'c2' },
    );
    expect(await going).toBe('go on');
    people.close();
    await expect
      .poll(() => heard.slice(-3))
      .toEqual([
        { type: 'ack', id: 'c1', state: 'done' },
        { type: 'ack', id: 'c2', state: 'done' },
        { type: 'bye' },
      ]);
  });

  it('works where those who watch are not there', async () => {
    const people = await openControl(
      { userUrl: null, control: { url: 'ws://127.0.0.1:1', key: null } },
      conversation,
      never(),
    );
    expect([people.take(), await people.next(), people.send({ type: 'say', text: 'Hello?' })]).toEqual([
      [],
      'go on',
      false,
    ]);
    people.close();
  });
});

describe('orders', () => {
  function open() {
    const acks: string[] = [];
    const orders = createOrders(({ id, state, reason }: Ack) =>
      acks.push(`${id} ${state}${reason === undefined ? '' : `: ${reason}`}`),
    );
    const command = (name: string, id: string, rest = {}) =>
      orders.onFrame(JSON.stringify({ type: 'command', command: name, id, ...rest }));
    return { orders, command, acks, next: () => orders.next(never()) };
  }

  it('tell what became of each, and again where one comes again', async () => {
    const { orders, command, acks, next } = open();
    orders.onFrame('{"type":"message","id":"m1","text":"Faster."}');
    command('override', 'o1', { text: 'Book the train.' });
    expect(orders.take()).toEqual(['Faster.', 'Book the train.']);
    expect([await next(), await next()]).toEqual(['anew', 'go on']);
    command('override', 'o1', { text: 'Book the train.' });
    expect(orders.take()).toEqual([]);
    expect(acks).toEqual(['m1 accepted', 'o1 accepted', 'm1 done', 'o1 done', 'o1 done']);
  });

  it('hold the work still until it is told to go on, or to stop', async () => {
    const { command, acks, next } = open();
    command('resume', 'r0');
    command('pause', 'p1');
    const held = next();
    command('stop', 's1');
    expect([await held, await next()]).toEqual(['stop', 'stop']);
    expect(acks).toEqual([
      'r0 refused: it is not paused',
      'p1 accepted',
      'p1 done',
      's1 accepted',
      's1 done',
    ]);
  });

  it('do not pause what was told to go on before', async () => {
    const { command, acks, next } = open();
    command('pause', 'p1');
    command('resume', 'r1');
    expect(await next()).toBe('go on');
    expect(acks.slice(1)).toEqual(['p1 refused: it was told to go on before its next step', 'r1 done']);
  });

  it('let go with their signal, and with the end of the work', async () => {
    const { orders, command, acks } = open();
    const stop = new AbortController();
    command('pause', 'p1');
    const held = orders.next(stop.signal);
    stop.abort(new Error('enough'));
    await expect(held).rejects.toThrow('enough');
    orders.onFrame('{"type":"message","id":"m1","text":"Late."}');
    orders.end();
    expect(acks.at(-1)).toBe('m1 refused: the work was over before');
  });
});
