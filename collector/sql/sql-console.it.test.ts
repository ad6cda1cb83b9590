import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../../domain/errors.ts';
import { DEFAULT_PROJECT, ProjectId } from '../../domain/ids.ts';
import { Trial } from '../../domain/trial.ts';
import { storeWrites } from '../store-writes.ts';
import { exampleTrial } from '../testing/example-run.ts';
import { startTestClickHouse, type TestClickHouse } from '../testing/start-clickhouse.ts';
import type { SqlFormat } from './sql-console.ts';

let clickHouse: TestClickHouse;
const traceId = 'ab'.repeat(16);

beforeAll(async () => {
  clickHouse = await startTestClickHouse();
  const { store } = clickHouse;
  const span = (id: string, version: number, rest: string) =>
    `(unhex('${traceId}'), unhex('${id}'), ${version}, '2026-11-22 10:00:00', '2026-11-22 10:00:05.5', ${rest})`;
  const spans =
    'INSERT INTO spans (trace_id, span_id, version, bucket, start, duration, name, kind, model_responded, call, tokens_input, cost) VALUES';
  await store.command(
    `${spans} ${span('01'.repeat(8), 1, "2500000, 'chat', 'llm', 'gpt-4o-mini', 'call', 9007199254740993, 31200")}`,
  );
  // Delivered again, and a wrapper that repeats the usage of its call.
  await store.command(
    `${spans} ${span('01'.repeat(8), 1, "2500000, 'chat', 'llm', 'gpt-4o-mini', 'call', 9007199254740993, 31200")},
      ${span('02'.repeat(8), 1, "-1, 'agent', 'agent', '', 'aggregate', 9007199254740993, 31200")}`,
  );
  await store.command(
    `INSERT INTO span_payloads (trace_id, bucket, span_id, version, attributes, attribute_types, resource)
     VALUES (unhex('${traceId}'), '2026-11-22 10:00:00', unhex('${'01'.repeat(8)}'), 1, {'a': 'line\\nbreak', 'n': '7'}, 'si',
       '[{"key":"service.name","value":{"stringValue":"shop"}},{"key":"pid","value":{"intValue":"7"}}]')`,
  );
});
afterAll(() => clickHouse?.close());

async function ask(
  sql: string,
  format: SqlFormat = 'json',
  limit = 1000,
  project = DEFAULT_PROJECT,
): Promise<string> {
  const signal = new AbortController().signal;
  return text(await clickHouse.sql.run({ project, sql, format, limit, signal }));
}
const refused = (sql: string) =>
  ask(sql, 'json', 1_000_000).then(
    (answer) => `answered ${answer}`,
    (error: AppError) => `${error.code}: ${error.message}`,
  );

describe('the answer', () => {
  it('counts what was delivered twice once, and a wrapper not at all', async () => {
    const sql = 'SELECT count() AS n, sum(tokens_input) AS tokens, sum(cost_usd) AS usd FROM spans';
    expect(await ask(sql)).toBe('{"n":2,"tokens":9007199254740993,"usd":0.0000312}\n');
  });

  it('has hex ids, NULL for what is absent, milliseconds, and a resource to look into', async () => {
    const sql = `SELECT s.trace_id AS t, s.span_id AS s, parent_span_id AS p, duration_ms AS ms, agent, resource['service.name'] AS service,
      resource['pid'] AS pid FROM spans AS s JOIN payloads USING (trace_id, span_id)`;
    expect(JSON.parse(await ask(sql))).toEqual({
      t: traceId,
      s: '01'.repeat(8),
      p: null,
      ms: 2.5,
      agent: null,
      service: 'shop',
      pid: '"7"',
    });
  });

  it('comes as CSV with a header, absent as nothing', async () => {
    expect(await ask("SELECT attributes['a'] AS a, scope_name FROM payloads", 'csv')).toBe(
      '"a","scope_name"\n"line\nbreak",\n',
    );
  });

  it('comes as rows with names and types, whole numbers exact', async () => {
    expect(await ask('SELECT tokens_input AS t FROM spans ORDER BY t LIMIT 1', 'rows')).toBe(
      '["t"]\n["Nullable(Int64)"]\n["9007199254740993"]\n',
    );
  });

  it('has the writes of a trial with the span of each, and what its scorers say', async () => {
    const spanId = '01'.repeat(8);
    const call = { number: 4, service: 'mail', operation: 'messages.send', traceId, spanId };
    const sent = { seq: 1, operation: 'insert', table: 'mail.outbox', key: '7', before: null };
    await storeWrites(clickHouse.store, DEFAULT_PROJECT, () => null).putTrials([
      Trial.parse({
        ...exampleTrial(1, 'run', { kind: 'failed', failure: 'harm', explanation: 'sent twice' }, 1),
        journal: [{ ...sent, at: 1_795_305_600e6, after: { to: 'a@b.example' }, irreversible: true, call }],
        scores: [
          {
            ...{ kind: 'scored', scorer: 'effects', axis: 'effects', pass: false, value: 1, unit: 'effects' },
            findings: [{ failure: 'harm', message: 'sent twice', expected: 1, actual: 2, spanId }],
          },
          { kind: 'unscored', scorer: 'budgets', axis: 'budgets', reason: 'no spans arrived' },
        ],
      }),
    ]);
    const effects = `SELECT at, of_table, key, before, after, irreversible, call_number, principal, spans.name AS span
      FROM effects JOIN spans USING (trace_id, span_id)`;
    expect(JSON.parse(await ask(effects))).toEqual({
      at: '2026-11-22 00:00:00.000000',
      of_table: 'mail.outbox',
      key: '7',
      before: null,
      after: '{"to":"a@b.example"}',
      irreversible: true,
      call_number: 4,
      principal: 'agent',
      span: 'chat',
    });
    const scores = 'SELECT scorer, pass, value, unscored, findings FROM scores ORDER BY scorer';
    const lines = (await ask(scores)).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { scorer: 'budgets', pass: null, value: null, unscored: 'no spans arrived', findings: [] },
      { scorer: 'effects', pass: false, value: 1, unscored: null, findings: ['sent twice'] },
    ]);
  });

  it('does not go on computing far beyond the limit', async () => {
    const lines = (await ask('SELECT number FROM system.numbers', 'json', 10)).trim().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(10);
    expect(lines.length).toBeLessThan(200_000);
  });

  it.each([
    'SHOW TABLES',
    'DESCRIBE TABLE spans',
    'EXPLAIN SELECT 1',
    'SELECT 1;',
    'SELECT 1 -- one',
    'EXISTS spans',
  ])('answers %s', async (sql) => expect(await ask(sql)).not.toBe(''));
});

describe('a mistake', () => {
  it.each([
    ['SELEC 1', /^SQL_REFUSED: Syntax error: failed at position 7 /],
    ['\n SELECT 1\nfrm numbers(1)', /failed at position 16 .*\(line 3, col 5\)/],
    ['SELECT 1 frm numbers(1)', /failed at position 14 /],
    ['SELECT nothing FROM spans', /nothing/],
    ['SELECT * FROM nowhere', /nowhere/],
    ['SELECT 1 FORMAT CSV', /Syntax error/],
    ['  ', /got nothing/],
    ["SELECT throwIf(number = 70000, 'late') FROM numbers(100000)", /late/],
  ])('%s is told in one line', async (sql, message) => {
    const told = await refused(sql);
    expect(told).toMatch(message);
    expect(told).not.toMatch(/^answered|\n/);
    expect(told.length).toBeLessThan(600);
  });

  it('that takes too much memory is a limit, not a defect', async () => {
    const sql = 'SELECT groupArray(toString(number)) FROM numbers(100000000)';
    await expect(ask(sql)).rejects.toMatchObject({ code: 'QUERY_LIMIT' });
  });
});

describe('nothing but reading', () => {
  const web = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.end('a\n1\n');
  });
  const reached: string[] = [];
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  });
  afterAll(() => web.close());

  it.each([
    'DROP TABLE spans',
    'DROP VIEW spans',
    'TRUNCATE TABLE rehearse.spans',
    'INSERT INTO rehearse.spans (name) VALUES (1)',
    'ALTER TABLE rehearse.spans DELETE WHERE 1',
    'DELETE FROM rehearse.spans WHERE 1',
    'CREATE TABLE t (a Int8) ENGINE = Memory',
    'CREATE TEMPORARY TABLE t (a Int8)',
    'RENAME TABLE rehearse.spans TO rehearse.gone',
    'OPTIMIZE TABLE rehearse.spans FINAL',
    'SYSTEM SHUTDOWN',
    'SYSTEM DROP MARK CACHE',
    'KILL QUERY WHERE 1 SYNC',
    'CREATE USER eve',
    'SET readonly = 0',
    'USE system',
    'SELECT 1 SETTINGS readonly = 0',
    'SELECT 1 SETTINGS max_memory_usage = 0',
    'SELECT 1 SETTINGS max_result_rows = 0',
    'SELECT * FROM (SELECT 1 SETTINGS max_memory_usage = 0)',
    'SELECT * FROM (SELECT 1 SETTINGS readonly = 0)',
    'WITH a AS (SELECT 1 SETTINGS readonly = 0) SELECT * FROM a',
    'SELECT 1 UNION ALL SELECT 1 SETTINGS max_execution_time = 0',
    'SELECT 1; DROP TABLE spans',
    'SELECT 1 PARALLEL WITH DROP TABLE spans',
  ])('%s is refused', async (sql) => {
    expect(await refused(sql)).toMatch(/^SQL_REFUSED: /);
  });

  it.each([
    "SELECT file('/etc/passwd')",
    'SELECT "file"(\'/etc/passwd\')',
    'SELECT "fi\\x6ce"(\'/etc/passwd\')',
    "SELECT arrayMap(file, ['/etc/passwd'])",
    "SELECT arrayMap(path -> file(path), ['/etc/passwd'])",
    "WITH (path) -> file(path) AS read SELECT read('/etc/passwd')",
    "WITH file AS read SELECT arrayMap(read, ['/etc/passwd'])",
    "SELECT * APPLY file FROM (SELECT '/etc/passwd' AS path)",
    "SELECT * APPLY(path -> file(path)) FROM (SELECT '/etc/passwd' AS path)",
    "SELECT * REPLACE (file('/etc/passwd') AS path) FROM (SELECT '' AS path)",
    "SELECT number FROM numbers(2) ORDER BY number WITH FILL INTERPOLATE (number AS file('/etc/passwd'))",
    "SELECT 1 LIMIT length(file('/etc/passwd'))",
    "SELECT 1 FROM numbers(1) WHERE file('/etc/passwd') != ''",
    "SELECT sum(1) OVER (PARTITION BY file('/etc/passwd'))",
    "EXPLAIN SELECT file('/etc/passwd')",
    "EXPLAIN QUERY TREE SELECT file('/etc/passwd')",
    "SELECT * FROM view(SELECT file('/etc/passwd'))",
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "DESCRIBE TABLE file('/etc/passwd')",
    "SELECT 1 IN file('/etc/passwd', 'LineAsString')",
    "SELECT * FROM eval('SELECT file(''/etc/passwd'')')",
    "SELECT * FROM fuzzQuery('SELECT 1')",
    "SELECT * FROM executable('id', 'CSV', 'a String')",
    "SELECT * FROM filesystem('/etc')",
    "SELECT * FROM sqlite('/tmp/a.db', 't')",
    "SELECT * FROM input('a Int8')",
    "SELECT catboostEvaluate('/etc/passwd', 1)",
    "SELECT aiGenerate('hello')",
  ])('%s reads no file', async (sql) => {
    const told = await refused(sql);
    expect(told).toMatch(/^SQL_REFUSED: /);
    expect(told).not.toMatch(/root:/);
  });

  it('reaches no other machine', async () => {
    for (const source of [
      `url('${url}/x.csv', 'CSV', 'a String')`,
      `url('${url}/x.csv')`,
      `s3('${url}/bucket/x.csv')`,
      `s3('${url}/bucket/x.csv', 'CSV', 'a String')`,
      `gcs('${url}/bucket/x.csv', 'CSV', 'a String')`,
      `iceberg('${url}/bucket/x')`,
      `deltaLake('${url}/bucket/x')`,
      `remote('${url.replace('http://', '')}', 'system', 'one')`,
      `mysql('${url.replace('http://', '')}', 'd', 't', 'u', 'p')`,
    ]) {
      for (const sql of [
        `SELECT * FROM ${source}`,
        `DESCRIBE TABLE ${source}`,
        `EXPLAIN SELECT * FROM ${source}`,
        `EXPLAIN TABLE OVERRIDE ${source} COLUMNS (a Int8)`,
        `SELECT 1 WHERE 1 IN ${source}`,
        `SELECT * FROM (SELECT 1) AS a JOIN ${source} AS b ON 1`,
      ]) {
        expect(await refused(sql), sql).toMatch(/^SQL_REFUSED: /);
      }
    }
    expect(reached).toEqual([]);
  });

  it('writes no file', async () => {
    expect(await refused("SELECT 1 INTO OUTFILE '/tmp/rehearse-outfile'")).toMatch(/^SQL_REFUSED: /);
    expect(existsSync('/tmp/rehearse-outfile')).toBe(false);
  });

  it('leaves the store as it was', async () => {
    expect(await ask('SELECT count() AS n FROM spans')).toBe('{"n":2}\n');
  });
});

describe('another project', () => {
  const other = ProjectId.parse('other');
  beforeAll(() =>
    clickHouse.store.command(
      "INSERT INTO spans (project, trace_id, span_id, bucket, start, name) VALUES ('other', unhex('cd'), unhex('01'), now(), now(), 'a secret')",
    ),
  );

  it('sees its own rows, in every view, and nobody else sees them', async () => {
    const views = (await ask('SHOW TABLES', 'json')).trim().split('\n');
    expect(views.length).toBeGreaterThan(5);
    for (const line of views) {
      const { name } = JSON.parse(line);
      const sql = `SELECT DISTINCT project FROM ${name}`;
      const told = await ask(sql, 'json', 1000, other).catch((error: AppError) => error.message);
      expect(told, name).not.toContain('default');
    }
    expect(await ask('SELECT name FROM spans', 'json', 10, other)).toBe('{"name":"a secret"}\n');
    expect(await ask("SELECT count() AS n FROM spans WHERE name = 'a secret'")).toBe('{"n":0}\n');
  });

  it.each([
    "SELECT name FROM spans WHERE 1 OR project = 'other'",
    'SELECT name FROM spans AS a JOIN spans AS b USING project',
    'SELECT groupArray(name) FROM (SELECT * FROM spans UNION ALL SELECT * FROM spans)',
    'SELECT * FROM view(SELECT name FROM spans)',
    'SELECT (SELECT groupArray(name) FROM spans)',
    'WITH s AS (SELECT name FROM spans) SELECT * FROM s',
    'SELECT max(name) FROM spans',
    'SELECT name FROM rehearse.spans',
    'SELECT name FROM rehearse.spans AS spans',
    "SELECT 'a secret' IN (SELECT name FROM rehearse.spans) ? 'a secret' : 0",
    'SELECT query FROM system.query_log',
    'SELECT query FROM `system`.`processes`',
    'SELECT query FROM view(SELECT * FROM system.processes)',
    'SELECT 1 IN system.processes',
    'SELECT * FROM INFORMATION_SCHEMA.tables',
    "SELECT * FROM merge('rehearse', 'spans')",
    "SELECT * FROM merge(REGEXP('rehearse.*'), 'spans')",
    "SELECT * FROM cluster('default', rehearse.spans)",
    "SELECT * FROM remote('127.0.0.1', rehearse.spans)",
    'SELECT * FROM mergeTreeIndex(rehearse, spans)',
    'SELECT * FROM loop(rehearse.spans)',
    "SELECT * FROM dictionary('rehearse.spans')",
    'SELECT name FROM spans SETTINGS additional_table_filters = {}',
    'EXPLAIN ESTIMATE SELECT * FROM spans',
    'DESCRIBE TABLE system.processes',
    'SHOW CREATE TABLE rehearse.spans',
    'SHOW TABLES FROM system',
    'SHOW PROCESSLIST',
  ])('is out of reach of %s', async (sql) => {
    expect(await refused(sql)).not.toMatch(/a secret/);
    if (/rehearse\.|system|INFORMATION|\w\(.*'|ESTIMATE|PROCESS/.test(sql) && !sql.includes('OR project'))
      expect(await refused(sql)).toMatch(/^SQL_REFUSED: /);
  });
});
