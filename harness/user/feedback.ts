import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createMailbox, type Mailbox } from './mailbox.ts';

/** Where agents hear what their users say while they work. */
export type Feedback = {
  /** A channel for one trial. */
  open(): FeedbackChannel;
  close(): Promise<void>;
};

export type FeedbackChannel = Mailbox & {
  /** `ws://127.0.0.1:41234/u/<secret>`; what is not yet heard is at `http://.../u/<secret>/messages` too. */
  readonly url: string;
};

/** Characters that an agent may say at once. */
const maxPayload = 2 ** 20;

/**
 * One server on a free port of the loopback interface for the feedback channels of any number of trials. An agent
 * connects to its channel's URL with any WebSocket client, or asks for `GET <url>/messages` from time to time.
 *
 * @param options.patience wall milliseconds that an agent may take to show that it has heard before it is cut off
 */
export async function openFeedback({ patience = 5_000 } = {}): Promise<Feedback> {
  const mailboxes = new Map<string, Mailbox>();
  const mailboxOf = (request: IncomingMessage, path: RegExp) =>
    mailboxes.get(path.exec(request.url ?? '')?.[1] ?? '');
  const sockets = new WebSocketServer({ noServer: true, maxPayload });
  const server = createServer((request, response) => {
    const mailbox = mailboxOf(request, /^\/u\/(\w+)\/messages$/);
    if (mailbox) answerPoll(mailbox, request, response);
    else json(response, 404, { error: 'expected the USER_URL of a trial that goes on, or its /messages' });
  });
  server.on('upgrade', (request, socket, head) => {
    const mailbox = mailboxOf(request, /^\/u\/(\w+)$/);
    if (!mailbox) socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else sockets.handleUpgrade(request, socket, head, (client) => mailbox.connect(client));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    open() {
      const secret = randomBytes(16).toString('hex');
      const mailbox = createMailbox(patience);
      mailboxes.set(secret, mailbox);
      return {
        ...mailbox,
        url: `ws://127.0.0.1:${port}/u/${secret}`,
        close() {
          mailboxes.delete(secret);
          mailbox.close();
        },
      };
    },
    async close() {
      for (const mailbox of mailboxes.values()) mailbox.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answerPoll(mailbox: Mailbox, request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'GET') json(response, 200, { messages: mailbox.take() });
  else json(response, 405, { error: `expected GET, got ${request.method}` }, { allow: 'GET' });
}

function json(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
