import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ByteSource } from './byte-source.ts';
import { type Column, encodeColumns } from './column.ts';
import {
  ByteColumn,
  FixedBytesColumn,
  Int64Column,
  NullableInt64Column,
  Uint16Constant,
  Uint32Column,
} from './fixed-columns.ts';
import { LowCardinalityColumn, TextArrayColumn, TextMapColumn } from './low-cardinality-columns.ts';
import { type ClickHouse, openClickHouse } from './open-clickhouse.ts';
import { TextColumn } from './text-column.ts';

let directory: string;
let clickHouse: ClickHouse;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-'));
  clickHouse = await openClickHouse({ dataDirectory: directory, log: () => {} });
});
afterAll(async () => {
  await clickHouse.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Stores blocks in a table of their own columns and reads `select` of all rows in their order. */
async function through<Row extends z.ZodObject>(
  { columns, blocks }: { columns: readonly Column[]; blocks: readonly Buffer[] },
  select: string,
  row: Row,
): Promise<z.output<Row>[]> {
  const { store } = clickHouse;
  await store.command('DROP TABLE IF EXISTS sample');
  const definitions = columns.map(({ name, type }) => `${name} ${type}`).join(', ');
  await store.command(`CREATE TABLE sample (${definitions}) ENGINE = MergeTree ORDER BY row`);
  const each = async function* () {
    yield* blocks;
  };
  await store.insertBlocks('sample', each(), { token: null, signal: new AbortController().signal });
  const sql = `SELECT ${select} FROM (SELECT * FROM sample ORDER BY row)`;
  return await store.rows({ sql, columns: row, toValue: (value) => value }, {});
}

const text = fc.string({ unit: 'binary' });
const word = fc.constantFrom('', 'a', 'b', 'ä', 'c'.repeat(200));
const arbitraryRow = fc.record({
  id: fc.uint8Array({ minLength: 8, maxLength: 8 }),
  level: fc.constantFrom(1, -2),
  count: fc.nat({ max: 0xffff_ffff }),
  big: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  maybe: fc.option(fc.maxSafeInteger()),
  name: text,
  word,
  words: fc.array(word, { maxLength: 3 }),
  pairs: fc.array(fc.tuple(word, text), { maxLength: 4 }),
});

describe('columns', () => {
  it('arrive as they were filled, in any number of blocks', async () => {
    const batches = fc.array(fc.array(arbitraryRow, { minLength: 1, maxLength: 30 }), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(batches, async (blocks) => {
        const row = new Uint32Column('row');
        const id = new FixedBytesColumn('id', 8);
        const level = new ByteColumn('level', "Enum8('low' = -2, 'high' = 1)");
        const count = new Uint32Column('count');
        const big = new Int64Column('big', 'Int64');
        const maybe = new NullableInt64Column('maybe');
        const name = new TextColumn('name');
        const wordColumn = new LowCardinalityColumn('word');
        const words = new TextArrayColumn('words');
        const pairs = new TextMapColumn('pairs');
        const version = new Uint16Constant('version', 515);
        const columns = [row, id, level, count, big, maybe, name, wordColumn, words, pairs, version];
        let rows = 0;
        const encoded = blocks.map((block) => {
          for (const column of columns) column.clear();
          for (const value of block) {
            row.push(rows++);
            id.push(new ByteSource(Buffer.from(value.id)), 0);
            level.push(value.level);
            count.push(value.count);
            const bits = BigInt.asUintN(64, value.big);
            big.push(Number(bits >> 32n), Number(bits & 0xffff_ffffn));
            maybe.push(value.maybe);
            name.push(value.name);
            wordColumn.push(value.word);
            words.push(value.words);
            for (const [key, inner] of value.pairs) {
              pairs.key(pairs.keyIndex(key));
              pairs.value(inner);
            }
            pairs.endRow();
          }
          return encodeColumns(columns, block.length);
        });
        const found = await through(
          { columns, blocks: encoded },
          `lower(hex(id)) AS id, level, count, toString(big) AS big, maybe, name, word, words,
            mapKeys(pairs) AS keys, mapValues(pairs) AS values, version`,
          z.object({
            id: z.string(),
            level: z.string(),
            count: z.number(),
            big: z.string(),
            maybe: z.number().nullable(),
            name: z.string(),
            word: z.string(),
            words: z.array(z.string()),
            keys: z.array(z.string()),
            values: z.array(z.string()),
            version: z.number(),
          }),
        );
        expect(found).toEqual(
          blocks.flat().map((value) => ({
            ...value,
            id: Buffer.from(value.id).toString('hex'),
            level: value.level === 1 ? 'high' : 'low',
            big: String(value.big),
            keys: value.pairs.map(([key]) => key),
            values: value.pairs.map(([, inner]) => inner),
            pairs: undefined,
            version: 515,
          })),
        );
      }),
      { numRuns: 25 },
    );
  });

  it.each([1, 256, 257, 65_536, 65_537])('send a dictionary of %i texts', async (size) => {
    const row = new Uint32Column('row');
    const word = new LowCardinalityColumn('word');
    for (let number = 0; number < size; number++) {
      row.push(number);
      word.push(`word ${number}`);
    }
    const columns = [row, word];
    const found = await through(
      { columns, blocks: [encodeColumns(columns, size)] },
      "sum(word != concat('word ', toString(row))) AS wrong, count() AS rows",
      z.object({ wrong: z.number(), rows: z.number() }),
    ).catch((error: unknown) => error);
    expect(found).toEqual([{ wrong: 0, rows: size }]);
  });
});
