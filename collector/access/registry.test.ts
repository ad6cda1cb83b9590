import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { KeyRecord } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import { ProjectId } from '../../domain/ids.ts';
import type { Store } from '../store/store.ts';
import { accessCopyIn, NO_COPY } from './access-copy.ts';
import { openRegistry } from './registry.ts';

const key: KeyRecord = {
  ...{ id: 'abcdefgh', project: ProjectId.parse('default'), name: 'a run', scopes: ['read'] },
  ...{ limits: { requests: null, bytes: null }, digest: 'ab'.repeat(32), createdAt: 1, createdBy: 'ann' },
  ...{ expiresAt: null, revokedAt: null },
};

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
  const registry = await openRegistry({ store, copy: NO_COPY, now: () => 1, log() {}, signal: ended.signal });
  held = true;
  const put = registry.putKey(key);
  const read = registry.refresh();
  storing.resolve();
  await put;
  reading.resolve();
  await read;
  ended.abort();
  expect(registry.keys()).toEqual([key]);
});

it('knows, while the store is away, what it knew; without a copy it does not open', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-access-'));
  const ended = new AbortController();
  onTestFinished(() => {
    ended.abort();
    rmSync(directory, { recursive: true });
  });
  const rows = [
    { kind: 'key', id: key.id, record: JSON.stringify(key) },
    { kind: 'note', id: 'session-secret', record: '{"value":"s"}' },
  ];
  const away = async () => {
    throw new AppError('STORE_UNAVAILABLE', 'the first shard does not answer');
  };
  const open = (store: Pick<Store, 'rows' | 'insert'>) =>
    openRegistry({
      ...{ store, copy: accessCopyIn(directory), now: () => 1, log() {}, signal: ended.signal },
    });
  await expect(open({ rows: away, insert: away })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await open({ rows: async () => rows as never, insert: away });
  const registry = await open({ rows: away, insert: away });
  expect([registry.keyByDigest(key.digest), registry.sessionSecret()]).toEqual([key, 's']);
  expect(statSync(join(directory, 'access.json')).mode & 0o777).toBe(0o600);
});
