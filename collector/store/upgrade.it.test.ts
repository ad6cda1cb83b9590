import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import { storeReads } from '../store-reads.ts';
import { readReleaseData } from '../testing/release-data.ts';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from './embedded-clickhouse.ts';
import { migrate, statementsOf } from './migrate.ts';
import { knownMigrations, openDatabase } from './open-database.ts';
import type { Store } from './store.ts';

let directory: string;
let clickHouse: EmbeddedClickHouse;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-upgrade-'));
  clickHouse = await startEmbeddedClickHouse({ directory, onCrash: () => {} });
});
afterAll(async () => {
  await clickHouse?.close();
  rmSync(directory, { recursive: true, force: true });
});

const releases = readdirSync(join(import.meta.dirname, '../schema/released')).map((file) =>
  basename(file, '.json'),
);

/** The migrations of a release, and those that came after it. */
function migrationsOf(release: string) {
  const path = join(import.meta.dirname, `../schema/released/${release}.json`);
  const names = new Set(Object.keys(JSON.parse(readFileSync(path, 'utf8'))));
  const known = knownMigrations();
  return {
    released: known.filter(({ name }) => names.has(name)),
    later: known.filter(({ name }) => !names.has(name)),
  };
}

/** A database as the release left it, with the data of its time. */
async function databaseOf(release: string, name: string): Promise<{ store: Store; told: object }> {
  const store = await openDatabase(`${clickHouse.url}/${name}`, migrationsOf(release).released);
  const kept = join(import.meta.dirname, '../testing/releases', release);
  const read = (file: string) => gunzipSync(readFileSync(join(kept, file)));
  for (const file of readdirSync(kept).filter((each) => each.endsWith('.native.gz'))) {
    const table = basename(file, '.native.gz');
    const rows = (async function* () {
      yield read(file);
    })();
    // What materialized views have made of spans is there as well: it is one row or one mark.
    await store.insertBlocks(table, rows, { token: null, signal: new AbortController().signal });
  }
  return { store, told: JSON.parse(read('reads.json.gz').toString()) };
}

describe.each(releases)('a store of Rehearse %s', (release) => {
  it('tells after an upgrade what it told before', async () => {
    const { store, told } = await databaseOf(release, 'upgraded');
    expect(migrationsOf(release).later.length).toBeGreaterThan(0);
    await store.close();
    const upgraded = await openDatabase(`${clickHouse.url}/upgraded`);
    // A later Rehearse may tell more, and nothing else.
    expect(await readReleaseData(storeReads(upgraded, DEFAULT_PROJECT))).toMatchObject(told);
    await upgraded.close();
  });

  it('goes on with an upgrade that broke off after any statement', async () => {
    const { store } = await databaseOf(release, 'broken');
    const { later } = migrationsOf(release);
    const statements = later.reduce((sum, file) => sum + statementsOf(file, 'broken').length, 0);
    let done = -1;
    // Each time one statement more than before, until all are through.
    for (let allowed = 1; allowed <= statements + 3; allowed++) {
      let left = allowed;
      const dying: Store = {
        ...store,
        async command(...statement) {
          if (left-- <= 0) throw new Error('killed');
          await store.command(...statement);
        },
      };
      const broke = await migrate(dying, knownMigrations(), 'broken').then(
        () => false,
        () => true,
      );
      if (!broke) {
        done = allowed;
        break;
      }
    }
    expect(done).toBeGreaterThan(1);
    const whole = await openDatabase(`${clickHouse.url}/whole`);
    expect(await columnsOf(store)).toEqual(await columnsOf(whole));
    await store.close();
    await whole.close();
  });
});

describe('a store of a newer Rehearse', () => {
  it('is left alone by an older one, which says which it needs', async () => {
    const store = await openDatabase(`${clickHouse.url}/newer`);
    await store.command(
      "INSERT INTO schema_migrations (version, name, checksum, rehearse) VALUES (9999, '9999-x.sql', 'x', '9.9.9')",
    );
    const before = await columnsOf(store);
    await expect(openDatabase(`${clickHouse.url}/newer`)).rejects.toMatchObject({
      code: 'SCHEMA_MISMATCH',
      message: expect.stringMatching(
        /has schema version 9999, made by Rehearse 9\.9\.9, but this one knows up to \d+$/,
      ),
      hint: expect.stringMatching(/Rehearse that is named or a newer one/),
    });
    expect(await columnsOf(store)).toEqual(before);
    await store.close();
  });
});

const columns = z.object({ place: z.string() });

/** Every column of every table and view, with its type. */
function columnsOf(store: Store): Promise<string[]> {
  return store.rows(
    {
      sql: `SELECT concat(table, '.', name, ' ', type) AS place FROM system.columns
        WHERE database = currentDatabase() ORDER BY place`,
      columns,
      toValue: ({ place }) => place,
    },
    {},
  );
}
