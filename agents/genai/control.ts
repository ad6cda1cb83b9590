import { randomUUID } from 'node:crypto';
import { createOrders, type Next } from './orders.ts';
import type { Conversation } from './spans.ts';

/** Where people are heard while the agent works. */
export type People = {
  /** A WebSocket of the user; `null`: they are heard between answers only. */
  userUrl: string | null;
  /** A WebSocket of those who watch agents at work. `null`: nobody does. */
  control: { url: string; key: string | null } | null;
};

/** What people say while the agent works, and want of it. */
export type Control = {
  /** The words that have come since the last time, in order, whoever said them. */
  take(): string[];
  /** Asked before a step is planned and before it is done: waits while the work is paused. */
  next(): Promise<Next>;
  /** Tells the user: `say` what is said, any other what an interface may show. `false` where there is no user to hear it now. */
  send(frame: { type: string; text: string }): boolean;
  /** The trace of the work has begun: those who watch learn which it is. */
  begin(traceId: string): void;
  close(): void;
};

/** Node's own takes headers, which a browser's does not. */
const NodeWebSocket: new (url: string, init: { headers: Record<string, string> }) => WebSocket =
  WebSocket as never;

const firstRetryMilliseconds = 1000;
const lastRetryMilliseconds = 30_000;

/**
 * Listens to the user, and to those who watch agents at work, in one protocol: JSON frames over WebSocket,
 * `{"type":"message","text":"..."}` a word and `{"type":"command","id":"...","command":"pause"}` a command; others are passed
 * over. The user's line has to be there, and breaks no work when it breaks later; the other is sought for as long as the
 * work goes on, and breaks none where it is not there.
 *
 * @throws Error where nobody answers at the user's address, and what `signal` was aborted with
 */
export async function openControl(
  { userUrl, control }: People,
  { id: conversation, agent }: Conversation,
  signal: AbortSignal,
): Promise<Control> {
  signal.throwIfAborted();
  let trace: string | null = null;
  const session = randomUUID();
  const hello = () => ({
    type: 'hello',
    session,
    agent: agent.name,
    version: agent.version,
    conversation,
    ...(trace !== null && { trace }),
    ...(orders.paused && { paused: true }),
  });
  let watchers: ReturnType<typeof keepConnected> | null = null;
  const orders = createOrders((ack) => watchers?.send(ack));
  const user = userUrl === null ? null : await connectUser(userUrl, orders.onFrame, signal);
  if (control !== null) watchers = keepConnected(control, hello, orders.onFrame);
  const close = () => {
    signal.removeEventListener('abort', close);
    orders.end();
    watchers?.close();
    user?.close();
  };
  signal.addEventListener('abort', close, { once: true });
  return {
    take: orders.take,
    next: () => orders.next(signal),
    send(frame) {
      if (frame.type === 'say') watchers?.send(frame);
      if (user?.readyState === WebSocket.OPEN) user.send(JSON.stringify(frame));
      return user !== null;
    },
    begin(traceId) {
      trace = traceId;
      watchers?.send(hello());
    },
    close,
  };
}

async function connectUser(
  url: string,
  onFrame: (text: string) => void,
  signal: AbortSignal,
): Promise<WebSocket> {
  const socket = new WebSocket(url);
  socket.addEventListener('message', ({ data }) => onFrame(String(data)));
  const over = () => socket.close();
  signal.addEventListener('abort', over, { once: true });
  await new Promise<void>((resolve, reject) => {
    const fail = () =>
      reject(signal.reason ?? new Error(`expected to hear the user at ${url}, nobody answers`));
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', fail, { once: true });
    socket.addEventListener('close', fail, { once: true });
  }).finally(() => signal.removeEventListener('abort', over));
  return socket;
}

/** A connection that is opened anew, ever more slowly, until it is closed; it begins with a hello each time. */
function keepConnected(
  { url, key }: { url: string; key: string | null },
  hello: () => object,
  onFrame: (text: string) => void,
) {
  let socket: WebSocket;
  let retry: NodeJS.Timeout | null = null;
  let wait = firstRetryMilliseconds;
  const send = (frame: object) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };
  const connect = () => {
    socket = new NodeWebSocket(url, { headers: key === null ? {} : { authorization: `Bearer ${key}` } });
    socket.addEventListener('open', () => {
      wait = firstRetryMilliseconds;
      send(hello());
    });
    socket.addEventListener('message', ({ data }) => onFrame(String(data)));
    // The close that follows says it all.
    socket.addEventListener('error', () => {});
    socket.addEventListener('close', onClose);
  };
  const onClose = () => {
    retry = setTimeout(connect, wait);
    wait = Math.min(2 * wait, lastRetryMilliseconds);
  };
  connect();
  return {
    send,
    close() {
      if (retry !== null) clearTimeout(retry);
      socket.removeEventListener('close', onClose);
      send({ type: 'bye' });
      socket.close();
    },
  };
}
