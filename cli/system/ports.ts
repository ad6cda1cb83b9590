import { createServer } from 'node:net';
import { type Check, fail, ok, reasonOf } from './check.ts';

export type PortFacts = {
  port: number;
  /** What it is for: `HTTP`. */
  use: string;
  /** Why it cannot be listened on; `null` where it is free. */
  obstacle: string | null;
};

/** @param running where the collector of this data directory listens; it takes its ports itself */
export function portCheck({ port, use, obstacle }: PortFacts, running: string | null): Check {
  const name = `port ${port}`;
  const free = `free for ${use}`;
  if (obstacle === null) return ok(name, 'free', free);
  if (running !== null && obstacle.includes('EADDRINUSE')) {
    return ok(name, `in use, while the collector of this directory runs at ${running}`, free);
  }
  const option = use === 'HTTP' ? '--port' : '--grpc-port';
  const cure = `End the program that has it (lsof -i :${port} names it), or give serve another ${option}.`;
  return fail(name, obstacle, free, cure);
}

/** Takes a port for a moment. */
export function readPort(port: number, use: string, host: string): Promise<PortFacts> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve({ port, use, obstacle: reasonOf(error) }));
    probe.listen(port, host, () => probe.close(() => resolve({ port, use, obstacle: null })));
  });
}
