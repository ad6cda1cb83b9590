import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../domain/errors.ts';

/** An HTTP server that has its port before it can answer: requests wait until it can. */
export type EarlyServer = {
  server: Server;
  port: number;
  /** Answers those that wait, and all that come. */
  answerBy(listener: RequestListener): void;
  /** Lets those go that wait, with their connections: there will be no answer. */
  giveUp(reason: unknown): void;
  /** Requests under way are answered; a connection that is kept alive after that is not waited for. */
  stop(): Promise<void>;
};

/**
 * An idle connection is kept longer than exporters pause: Node's five seconds are the pause of OpenTelemetry's exporters, and
 * a request that meets the end of its connection is lost.
 */
const keepAliveMilliseconds = 75_000;
const sweepMilliseconds = 50;
const graceMilliseconds = 10_000;

/**
 * @param port 0 takes a free one
 * @throws AppError PORT_IN_USE
 */
export async function listenEarly(port: number, host: string): Promise<EarlyServer> {
  const ready = Promise.withResolvers<RequestListener>();
  ready.promise.catch(() => {}); // Each request that waits hears of it by itself.
  const server = createServer({ keepAliveTimeout: keepAliveMilliseconds }, (request, response) => {
    ready.promise.then((answer) => answer(request, response)).catch(() => response.destroy());
  });
  const address = await listen(server, port, host);
  return {
    server,
    port: address.port,
    answerBy: ready.resolve,
    giveUp(reason) {
      ready.reject(reason);
      server.closeAllConnections();
    },
    stop: () => stopListening(server),
  };
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((listening, reject) => {
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(taken ? new AppError('PORT_IN_USE', `expected port ${port} of ${host} to be free`) : error);
    });
    server.listen(port, host, () => listening(server.address() as AddressInfo));
  });
}

async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMilliseconds);
  const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
