import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** What a route that speaks WebSocket finds in its bindings when it is asked to. */
export type UpgradeBindings = {
  /** Takes the request: its answer is then the WebSocket. */
  takeSocket?: (use: (socket: WebSocket) => void) => void;
};

/**
 * Has requests for a WebSocket answered as any other request is, by the same routes and rules: one that a route takes
 * becomes a WebSocket, to every other the route's answer is written. @returns ends all connections.
 */
export function answerUpgrades(
  server: Server,
  answer: (request: Request, bindings: UpgradeBindings) => Promise<Response>,
  maxFrameBytes: number,
): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes });
  server.on('upgrade', (incoming, connection, head) => {
    connection.on('error', () => connection.destroy());
    let use: ((socket: WebSocket) => void) | null = null;
    const takeSocket = (taken: (socket: WebSocket) => void) => {
      use = taken;
    };
    answer(requestOf(incoming), { takeSocket })
      .then(async (response) => {
        const taken = use;
        if (taken === null) await refuse(connection, response);
        else sockets.handleUpgrade(incoming, connection, head, taken);
      })
      .catch(() => connection.destroy());
  });
  return () => {
    for (const socket of sockets.clients) socket.close(1001, 'the collector stops');
    setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, 1000).unref();
  };
}

function requestOf({ url = '/', headers }: IncomingMessage): Request {
  const fields = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) fields.append(name, one);
  }
  const host = headers.host ?? 'localhost';
  return new Request(new URL(url, `http://${host}`), { headers: fields });
}

async function refuse(connection: Duplex, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const lines = [`HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`];
  for (const [name, value] of response.headers)
    if (name !== 'content-length') lines.push(`${name}: ${value}`);
  lines.push(`content-length: ${body.length}`, 'connection: close', '', '');
  connection.end(Buffer.concat([Buffer.from(lines.join('\r\n')), body]));
}
