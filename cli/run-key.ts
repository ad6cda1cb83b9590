import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CollectorAddress } from '../collector/running-collector.ts';
import type { KeySummary } from '../domain/access.ts';
import { askCollector } from './store-access.ts';

const dayMillis = 86_400_000;

/**
 * Does `work` with a key of its own in REHEARSE_KEY, where the collector asks for one and none is set: for worker
 * processes and for agents, which must not have the key of the data directory, since that may do everything.
 * The key may send and read, but not store runs: an agent could rewrite what it is judged by. It belongs to the project
 * `default`, and is revoked with the end of the work.
 *
 * @param collector with the key of its data directory; `null`: it is not at hand, and nothing is done
 * @throws AppError COLLECTOR_UNREACHABLE
 */
export async function withRunKey<T>({ url, key }: CollectorAddress, work: () => Promise<T>): Promise<T> {
  if (key === null || process.env.REHEARSE_KEY || !(await isGuarded(url))) return work();
  const { signal } = new AbortController();
  const owner = { url, key };
  const expiresAt = Date.now() + dayMillis;
  const body = { name: 'a run', scopes: ['ingest', 'read'], expiresAt };
  const answer = await askCollector(owner, '/api/keys', { body, signal });
  const made = JSON.parse(await text(Readable.from(answer))) as { text: string; key: KeySummary };
  process.env.REHEARSE_KEY = made.text;
  try {
    return await work();
  } finally {
    delete process.env.REHEARSE_KEY;
    await askCollector(owner, `/api/keys/${made.key.id}`, { method: 'DELETE', signal });
  }
}

/** Whether everybody has to say who they are. */
async function isGuarded(url: string): Promise<boolean> {
  const stranger = await fetch(`${url}/api/projects`);
  await stranger.body?.cancel();
  return stranger.status === 401;
}
