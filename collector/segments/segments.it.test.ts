import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '../store/embedded-clickhouse.ts';
import { encodeNativeBlock, text } from '../store/native-block.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Store } from '../store/store.ts';
import type { Block } from './block.ts';
import { openSegmentLog, type SegmentLogOptions } from './segment-log.ts';

let directory: string;
let server: EmbeddedClickHouse;
let store: Store;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-segments-'));
  server = await startEmbeddedClickHouse({ directory: join(directory, 'clickhouse'), onCrash: () => {} });
  store = await openDatabase(server.url);
});
afterAll(async () => {
  await store.close();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A folder for each test, and a plain table: it shows what is stored twice. */
let folder: string;
let tables = 0;
let table: string;
beforeEach(async () => {
  table = `things_${++tables}`;
  folder = join(directory, table);
  await store.command(
    `CREATE TABLE ${table} (word String, kind Enum8('good' = 1), size UInt64 DEFAULT length(word))
     ENGINE = MergeTree ORDER BY word SETTINGS non_replicated_deduplication_window = 100`,
  );
});

type Thing = { word: string; kind: string };
const columns = [text<Thing>('word', ({ word }) => word), text<Thing>('kind', ({ kind }) => kind)];
const block = (word: string, kind = 'good'): Block => ({
  table,
  rows: 1,
  bytes: encodeNativeBlock(columns, [{ word, kind }]),
});

const found = z.object({ word: z.string(), size: z.int() });
const words = async () =>
  await store.rows(
    {
      sql: `SELECT word, size FROM ${table} ORDER BY word`,
      columns: found,
      toValue: ({ word, size }) => [word, size],
    },
    {},
  );

const openLog = (options: Partial<SegmentLogOptions> = {}) =>
  openSegmentLog({ directory: folder, store, log: () => {}, now: Date.now, shipEveryMillis: 20, ...options });

describe('segments in ClickHouse', () => {
  it('fill the columns that their blocks do not name', async () => {
    const log = await openLog();
    await log.append([block('one'), block('three')]);
    await log.settled();
    await log.close();
    expect(await words()).toEqual([
      ['one', 3],
      ['three', 5],
    ]);
  });

  it('are stored once when the answer to an insert is lost', async () => {
    let losses = 3;
    const forgetful: SegmentLogOptions['store'] = {
      async insertBlocks(...request) {
        await store.insertBlocks(...request);
        if (losses-- > 0) throw new AppError('STORE_UNAVAILABLE', 'socket hang up');
      },
      runningSince: async () => 0,
    };
    const log = await openLog({ store: forgetful });
    await log.append([block('one')]);
    await log.append([block('two')]);
    await log.settled();
    await log.close();
    expect(losses).toBeLessThan(0);
    expect(await words()).toHaveLength(2);
  });

  it('are stored once when the process ended between the insert and the removal of the file', async () => {
    const away: SegmentLogOptions['store'] = {
      async insertBlocks() {
        throw new AppError('STORE_UNAVAILABLE', 'away');
      },
      runningSince: async () => 0,
    };
    const first = await openLog({ store: away });
    for (const word of ['one', 'two']) await first.append([block(word)]);
    await first.close();
    const segments = join(folder, 'segments');
    const copies = join(folder, 'copies');
    mkdirSync(copies);
    const names = readdirSync(segments);
    for (const name of names) copyFileSync(join(segments, name), join(copies, name));

    for (let time = 0; time < 2; time++) {
      const log = await openLog({ store: { ...store, runningSince: async () => 0 } });
      await log.settled();
      await log.close();
      expect(readdirSync(segments)).toEqual([]);
      expect(await words()).toHaveLength(2);
      for (const name of names) copyFileSync(join(copies, name), join(segments, name));
    }
  });

  it('with a block that the table refuses are stored without it', async () => {
    const lines: string[] = [];
    const log = await openLog({ log: (_event, line) => lines.push(line) });
    await log.append([block('first')]);
    await log.settled();
    await log.append([block('one'), block('bad', 'unheard of'), block('two')]);
    await log.append([{ table, rows: 1, bytes: Buffer.from('no block at all') }]);
    await log.append([block('three')]);
    await log.settled();
    expect((await words()).map(([word]) => word)).toEqual(['first', 'one', 'three', 'two']);
    expect(log.stats()).toMatchObject({ segments: 0, quarantined: 2 });
    await log.close();
    const quarantine = join(folder, 'quarantine');
    const reasons = readdirSync(quarantine).filter((name) => name.endsWith('.txt'));
    expect(reasons.map((name) => readFileSync(join(quarantine, name), 'utf8')).join()).toMatch(
      new RegExp(`${table}: ClickHouse refused a query \\(691\\): Unknown element 'unheard of'`),
    );
    expect(lines.filter((line) => line.startsWith('set aside '))).toHaveLength(2);
  });
});
