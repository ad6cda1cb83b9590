import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fencedBlocks, tableRows } from '../ci/markdown.ts';
import { startCollector } from '../collector/server.ts';
import { commandHere } from './command.ts';

let data: string;
let collector: Awaited<ReturnType<typeof startCollector>>;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'rehearse-query-'));
  collector = await startCollector({ dataDirectory: data, port: 0 });
});
afterAll(async () => {
  await collector?.close();
  await rm(data, { recursive: true, force: true });
});

const page = readFileSync(join(import.meta.dirname, '../docs/reference/sql.md'), 'utf8');
const query = (sql: string, ...options: string[]) => commandHere(['query', sql, '--data', data, ...options]);
const rowsOf = async (sql: string) => {
  const { exit, out, error } = await query(sql, '--format', 'json');
  if (exit !== 0) throw new Error(error);
  return jsonLines(out);
};
const jsonLines = (text: string) =>
  text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
/** Without the command, which the others are about. */
const asked = async (sql: string) => {
  const answer = await fetch(`${collector.url}/api/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sql }),
  });
  return jsonLines(await answer.text());
};

describe('rehearse query', () => {
  it('asks the collector that holds the data directory', async () => {
    const { exit, out, error } = await query("SELECT 1 AS one, 'a' AS text, NULL AS nothing");
    expect([exit, error]).toEqual([0, '']);
    expect(out).toBe('one  text  nothing\n───  ────  ───────\n  1  a     ∅\n');
  });

  it('answers in CSV and JSON', async () => {
    const sql = "SELECT number, 'a\"b' AS text FROM numbers(2)";
    expect((await query(sql, '--format', 'csv')).out).toBe('"number","text"\n0,"a""b"\n1,"a""b"\n');
    expect((await query(sql, '--format', 'json')).out).toBe(
      '{"number":0,"text":"a\\"b"}\n{"number":1,"text":"a\\"b"}\n',
    );
  });

  it('says when there is more than it shows, and not otherwise', async () => {
    const more = await query('SELECT number FROM system.numbers', '--limit', '3', '--format', 'csv');
    expect(more.out).toBe('"number"\n0\n1\n2\n');
    expect(more.error).toBe('showing the first 3 rows; there are more: --limit <number> shows them\n');
    expect((await query('SELECT number FROM numbers(3)', '--limit', '3')).error).toBe('');
  });

  it('refuses what is no reading, in ClickHouse’s words where the SQL is wrong', async () => {
    const wrong = await query('SELECT colour FROM spans');
    expect(wrong.exit).toBe(2);
    expect(wrong.error).toMatch(/^rehearse: SQL_REFUSED: .*colour/);
    expect((await query('DROP TABLE spans')).error).toMatch(/^rehearse: SQL_REFUSED: expected SELECT/);
    expect((await query('SELECT 1', '--format', 'xml')).exit).toBe(2);
  });

  it('names a data directory that is not there', async () => {
    const { exit, error } = await commandHere(['query', 'SELECT 1', '--data', join(data, 'nowhere')]);
    expect([exit, error]).toEqual([2, expect.stringMatching(/^rehearse: DATA_DIRECTORY_MISSING: .*nowhere/)]);
  });
});

describe('docs/reference/sql.md', () => {
  const documented = [...page.matchAll(/^## (\w+)\n[^#]*?(?=^## )/gm)].flatMap(([section, table = '']) =>
    tableRows(section).map(([column = '', type = '']) => [table, column.replaceAll('`', ''), type]),
  );

  it('lists every column of every view, and no other, and says which may be NULL', async () => {
    const columns: { table: string; name: string; type: string }[] = [];
    for (const { name: table } of await asked('SHOW TABLES')) {
      for (const { name, type } of await asked(`DESCRIBE TABLE ${table}`))
        columns.push({ table, name, type });
    }
    const places = (rows: readonly (readonly string[])[]) =>
      rows.map(([table, name]) => `${table}.${name}`).toSorted();
    expect(places(documented)).toEqual(places(columns.map(({ table, name }) => [table, name])));
    const nullable = columns.filter(({ type }) => type.includes('Nullable'));
    expect(places(documented.filter(([, , type]) => type?.endsWith('?')))).toEqual(
      places(nullable.map(({ table, name }) => [table, name])),
    );
  });

  it('has no example that fails', async () => {
    const examples = fencedBlocks(page, 'sql');
    expect(examples.length).toBeGreaterThan(4);
    for (const example of examples) await rowsOf(example);
  });
});

describe('without a running collector', () => {
  it('starts its own on the data directory and ends it', async () => {
    await collector.close();
    expect(await rowsOf('SELECT count() AS n FROM spans')).toEqual([{ n: 0 }]);
    collector = await startCollector({ dataDirectory: data, port: 0 });
    expect(await rowsOf('SELECT count() AS n FROM spans')).toEqual([{ n: 0 }]);
  });
});
