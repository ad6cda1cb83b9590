import { expect, it } from 'vitest';
import { ProjectId } from '../../domain/ids.ts';
import type { Store } from '../store/store.ts';
import { openRegistry } from './registry.ts';

it('keeps a key that is stored while the records are being read', async () => {
  const [reading, storing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let held = false;
  const store: Pick<Store, 'rows' | 'insert'> = {
    // What is read is what was there when the reading began.
    async rows() {
      if (held) await reading.promise;
      return [];
    },
    async insert() {
      if (held) await storing.promise;
    },
  };
  const ended = new AbortController();
  const registry = await openRegistry({ store, now: () => 1, log() {}, signal: ended.signal });
  held = true;
  const key = {
    ...{ id: 'abcdefgh', project: ProjectId.parse('default'), name: 'a run', scopes: ['read' as const] },
    ...{ limits: { requests: null, bytes: null }, digest: 'ab'.repeat(32), createdAt: 1, createdBy: 'ann' },
    ...{ expiresAt: null, revokedAt: null },
  };
  const put = registry.putKey(key);
  const read = registry.refresh();
  storing.resolve();
  await put;
  reading.resolve();
  await read;
  ended.abort();
  expect(registry.keys()).toEqual([key]);
});
