import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Micros } from '../../domain/units.ts';

/** What an agent receives: `at` is ISO 8601 on the world's clock. */
export type FeedbackMessage = { type: 'message'; text: string; at: string };

/** What the agent may send. An `ack` is only good manners: that it heard is known without. */
const FromAgent = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('ack') }),
  z.looseObject({ type: z.literal('say'), text: z.string().min(1) }),
]);

/** Something that the user said mid-run. */
export type Letter = { readonly heard: boolean };

/** What the user and the agent of one trial say to each other while the agent works. */
export type Mailbox = {
  /** Resolves when every connected client has it. Without a client it waits for one, or for `take`. */
  post(text: string, at: Micros): Promise<Letter>;
  /** What the agent said since the last time, after all that it sent has arrived. */
  collect(): Promise<string[]>;
  /** The messages that nobody has heard yet; they are heard now. */
  take(): FeedbackMessage[];
  connect(client: WebSocket): void;
  /** Ends the connections. */
  close(): void;
};

/** @param patience wall milliseconds that a client may take to answer a ping before it is taken for dead */
export function createMailbox(patience: number): Mailbox {
  const clients = new Set<WebSocket>();
  let waiting: { message: FeedbackMessage; letter: { heard: boolean } }[] = [];
  let said: string[] = [];
  const take = () => {
    const taken = waiting;
    waiting = [];
    for (const { letter } of taken) letter.heard = true;
    return taken.map(({ message }) => message);
  };
  let pings = 0;
  const settle = () => Promise.all([...clients].map((client) => caughtUp(client, String(pings++), patience)));
  const onFrame = (text: string) => {
    const frame = FromAgent.safeParse(parse(text));
    if (frame.success && frame.data.type === 'say') said.push(frame.data.text);
  };

  return {
    async post(text, at) {
      const message: FeedbackMessage = { type: 'message', text, at: new Date(at / 1000).toISOString() };
      const letter = { heard: false };
      if (clients.size === 0) {
        waiting.push({ message, letter });
        return letter;
      }
      for (const client of clients) client.send(JSON.stringify(message));
      letter.heard = (await settle()).includes(true);
      if (!letter.heard) waiting.push({ message, letter });
      return letter;
    },
    async collect() {
      await settle();
      const texts = said;
      said = [];
      return texts;
    },
    take,
    connect(client) {
      clients.add(client);
      client.on('close', () => clients.delete(client));
      // The close that follows says it all.
      client.on('error', () => {});
      client.on('message', (data) => onFrame(String(data)));
      for (const message of take()) client.send(JSON.stringify(message));
    },
    close() {
      for (const client of clients) client.terminate();
    },
  };
}

/**
 * Waits until the client has taken all that was sent to it, and all that it sent has arrived: frames keep their order,
 * so both hold when it answers a ping. `false` where it went away or did not answer in time, and is cut off.
 */
async function caughtUp(client: WebSocket, ping: string, patience: number): Promise<boolean> {
  const over = new AbortController();
  const answered = Promise.withResolvers<boolean>();
  const onPong = (data: Buffer) => String(data) === ping && answered.resolve(true);
  const onClose = () => answered.resolve(false);
  client.on('pong', onPong).on('close', onClose);
  const late = sleep(patience, false, { signal: over.signal }).catch(() => false);
  client.ping(ping);
  const heard = await Promise.race([answered.promise, late]);
  over.abort();
  client.off('pong', onPong).off('close', onClose);
  if (!heard) client.terminate();
  return heard;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
