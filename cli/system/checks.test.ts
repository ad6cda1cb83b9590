import { describe, expect, it } from 'vitest';
import { clickHouseChecks } from './clickhouse.ts';
import { clockCheck } from './clock.ts';
import { diskChecks } from './disk.ts';
import { memoryCheck } from './memory.ts';
import { portCheck } from './ports.ts';
import { reachCheck } from './reach.ts';
import { systemReport } from './system-report.ts';
import { versionChecks } from './versions.ts';

const GB = 1e9;
const disk = { directory: '/data', obstacle: null, freeBytes: 100 * GB, freeFiles: null };
const statuses = (change: Partial<typeof disk> | { obstacle: string } | { freeFiles: number }) =>
  diskChecks({ ...disk, ...change }, GB).map(({ status }) => status);

describe('disk', () => {
  it.each([
    [2 * GB, 'ok'],
    [2 * GB - 1, 'warn'],
    [GB - 1, 'fail'],
  ])('measures %d bytes free against a budget of a gigabyte: %s', (freeBytes, status) => {
    expect(statuses({ freeBytes })).toEqual(['ok', status, 'ok']);
  });

  it('wants files and the right to write', () => {
    expect(statuses({ freeFiles: 99_999 })).toEqual(['ok', 'ok', 'warn']);
    expect(statuses({ freeFiles: 9999 })).toEqual(['ok', 'ok', 'fail']);
    expect(statuses({ obstacle: 'EACCES: permission denied' })).toEqual(['fail', 'ok', 'ok']);
  });
});

describe('memory', () => {
  it('is measured against what is to be started', () => {
    expect(memoryCheck(2 * GB, false).status).toBe('ok');
    expect(memoryCheck(0.5 * GB, false).status).toBe('warn');
    expect(memoryCheck(0.5 * GB, true).status).toBe('ok');
    expect(memoryCheck(0.1 * GB, false).status).toBe('fail');
  });
});

describe('clock', () => {
  it('is not blamed for the time that the answer took', () => {
    expect(clockCheck(1800, 900).status).toBe('ok');
    expect(clockCheck(-1800, 9)).toMatchObject({ status: 'warn', found: "ClickHouse's is 1.8 s behind" });
    expect(clockCheck(3_600_000, 9)).toMatchObject({
      status: 'fail',
      found: "ClickHouse's is 1 h 0 m ahead",
    });
  });
});

describe('port', () => {
  const taken = { port: 4318, use: 'HTTP', obstacle: 'listen EADDRINUSE: address already in use' };

  it('may be taken by the collector of the directory alone', () => {
    expect(portCheck({ ...taken, obstacle: null }, null).status).toBe('ok');
    expect(portCheck(taken, 'http://127.0.0.1:4318').status).toBe('ok');
    expect(portCheck(taken, null)).toMatchObject({
      status: 'fail',
      cure: expect.stringMatching(/lsof -i :4318/),
    });
  });

  it('may be forbidden', () => {
    const refused = { port: 80, use: 'HTTP', obstacle: 'listen EACCES: permission denied' };
    expect(portCheck(refused, 'http://127.0.0.1:4318').status).toBe('fail');
  });
});

describe('reach', () => {
  it('lets others come in only where they are asked who they are', () => {
    expect(reachCheck('127.0.0.1', false).status).toBe('ok');
    expect(reachCheck('0.0.0.0', true).status).toBe('ok');
    expect(reachCheck('0.0.0.0', false).status).toBe('fail');
    expect(reachCheck('0.0.0.0', null).status).toBe('fail');
  });
});

describe('versions', () => {
  it('are those that run together', () => {
    const facts = { node: '24.1.0', own: '0.2.0', running: null };
    expect(versionChecks(facts).map(({ status }) => status)).toEqual(['ok', 'ok']);
    const old = { ...facts, node: '20.1.0', running: '0.1.0' };
    expect(versionChecks(old).map(({ status }) => status)).toEqual(['fail', 'warn']);
  });
});

describe('ClickHouse', () => {
  const answer = {
    kind: 'answers',
    version: '26.7.2.1',
    aheadMillis: 3,
    withinMillis: 5,
    schema: { kind: 'none' },
    guarded: false,
  } as const;
  const of = (facts: Parameters<typeof clickHouseChecks>[0]) =>
    clickHouseChecks(facts, 'db:8123', '26.7').map(({ name, status }) => `${name} ${status}`);

  it.each([
    ['26.7.2.1', 'ok'],
    ['27.1.1.1', 'ok'],
    ['26.10.1.1', 'ok'],
    ['26.6.9.9', 'warn'],
    ['25.12.1.1', 'warn'],
  ])('of version %s where 26.7 was tried: %s', (version, status) => {
    expect(of({ ...answer, version })[0]).toBe(`ClickHouse ${status}`);
  });

  it('is not asked further when it does not answer', () => {
    const [silent] = clickHouseChecks({ kind: 'silent', reason: 'no package' }, null, '26.7');
    expect(silent).toMatchObject({ status: 'fail', found: 'its own: no package' });
    expect(of({ kind: 'silent', reason: 'connect ECONNREFUSED' })).toEqual(['ClickHouse fail']);
  });

  it('may have a schema that is older, and none that is foreign', () => {
    expect(of({ ...answer, schema: { kind: 'known', version: 50, pending: 3 } })[1]).toBe('schema ok');
    expect(of({ ...answer, schema: { kind: 'foreign', reason: 'made by 9.0' } })[1]).toBe('schema fail');
  });
});

describe('the report', () => {
  it('tells what was expected and the cure where something is not well', () => {
    const checks = [memoryCheck(2 * GB, false), reachCheck('0.0.0.0', false)];
    expect(systemReport(checks, { color: false })).toBe(`\
ok    memory  2 GB available
fail  reach   0.0.0.0, nobody is asked who they are
      expected a key or a person
      Make one first: rehearse key add, or rehearse person add.

2 checks, 0 to look at, 1 failed
`);
  });
});
