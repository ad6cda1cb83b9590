import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';

/**
 * At most so many connections to a ClickHouse server, in the order in which they became free. The other order, Node's own,
 * may give out one that was ended while it was idle, as a rehearsal in this process does when it begins.
 */
export function connectionsTo(url: string, most: number): Agent {
  const options = { keepAlive: true, maxSockets: most, scheduling: 'fifo' } as const;
  return new URL(url).protocol === 'https:' ? new SecureAgent(options) : new Agent(options);
}
