import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeTraceRequest } from './otlp/protobuf-encoder.ts';
import { startCollector } from './server.ts';
import { startEmbeddedClickHouse } from './store/embedded-clickhouse.ts';
import { migrate } from './store/migrate.ts';
import { openDatabase } from './store/open-database.ts';
import { attributes, exampleSpan } from './testing/example-span.ts';
import { startTestCollector, type TestCollector } from './testing/start-test-collector.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-server-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const { traceId } = exampleSpan();
const sendSpan = (url: string, span = exampleSpan({ attributes: attributes({ a: 1 }) })) =>
  fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: new Uint8Array(encodeTraceRequest([span])),
  });

/** The process that it has started; read from /proc, so on Linux alone. */
function onlyChildOf(pid = 0): string {
  const path = `/proc/${pid}/task/${pid}/children`;
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : 'unknown';
}

/** One that has ended may still be listed, until its new parent asks how it ended. */
function isRunning(pid: string): boolean {
  const path = `/proc/${pid}/status`;
  return existsSync(path) && !/^State:\s+Z/m.test(readFileSync(path, 'utf8'));
}

describe('a collector that starts again', () => {
  it('reads what it had stored, with the same schema', async () => {
    const dataDirectory = join(directory, 'again');
    const first = await startCollector({ dataDirectory, port: 0 });
    expect((await sendSpan(first.url)).status).toBe(200);
    await first.settled();
    const before = await (await fetch(`${first.url}/api/traces/${traceId}`)).json();
    await first.close();

    const second = await startCollector({ dataDirectory, port: 0 });
    expect(await (await fetch(`${second.url}/api/traces/${traceId}`)).json()).toEqual(before);
    await second.close();
  });

  it('has what it acknowledged before it was killed, and its database has ended with it', async () => {
    const dataDirectory = join(directory, 'killed');
    const program = join(import.meta.dirname, 'testing', 'run-collector.ts');
    const child = spawn(process.execPath, [program, dataDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve) => {
      child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    });
    const database = onlyChildOf(child.pid);
    expect(database).toMatch(/^(\d+|unknown)$/);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const acknowledged: string[] = [];
    const send = async (number: number) => {
      const span = exampleSpan({ traceId: (number + 1).toString(16).padStart(32, '0') });
      const status = await sendSpan(url, span).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status !== 200) return;
      acknowledged.push(span.traceId);
      // Others are under way then, at every stage.
      if (acknowledged.length === 8) child.kill('SIGKILL');
    };
    await Promise.all(Array.from({ length: 40 }, (_, number) => send(number)));
    await gone;
    expect(acknowledged.length).toBeGreaterThanOrEqual(8);

    const next = await startCollector({ dataDirectory, port: 0 });
    expect(isRunning(database)).toBe(false);
    await next.settled();
    for (const id of acknowledged) {
      const answer = await fetch(`${next.url}/api/traces/${id}`);
      expect([answer.status, await answer.json()]).toMatchObject([
        200,
        { structure: { total: 1 }, trace: { spans: 1 } },
      ]);
    }
    await next.close();
  });
});

describe('a collector that cannot start', () => {
  const oneLine = (code: string, message: RegExp) =>
    expect.objectContaining({ code, message: expect.stringMatching(message) });

  it('says that its data directory is taken', async () => {
    const dataDirectory = join(directory, 'locked');
    const first = await startCollector({ dataDirectory, port: 0 });
    await expect(startCollector({ dataDirectory, port: 0 })).rejects.toEqual(
      oneLine('DATA_DIRECTORY_LOCKED', /^expected .*locked to be free, but process \d+ holds it$/),
    );
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
    await first.close();
  });

  it('says that its port is taken, before it touches the data', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(startCollector({ dataDirectory: join(directory, 'port'), port })).rejects.toEqual(
      oneLine('PORT_IN_USE', new RegExp(`^expected port ${port} of 127.0.0.1 to be free$`)),
    );
    other.close();
  });

  it('says that its directory is none', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    await expect(startCollector({ dataDirectory: file, port: 0 })).rejects.toEqual(
      oneLine('DATA_DIRECTORY_MISSING', /^expected a directory that can be written at .*file: .*EEXIST/),
    );
  });

  it('says that ClickHouse did not come up, names its log, and lets the directory go', async () => {
    const dataDirectory = join(directory, 'broken');
    mkdirSync(join(dataDirectory, 'clickhouse'), { recursive: true });
    writeFileSync(join(dataDirectory, 'clickhouse', 'data'), 'not a directory');
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(startCollector({ dataDirectory, port: 0 })).rejects.toEqual(
        oneLine('CLICKHOUSE_START_FAILED', /^ClickHouse did not start: [^\n]+ \(log: .*clickhouse\.log\)$/),
      );
    }
  });

  it('says that no server answers at CLICKHOUSE_URL', async () => {
    const options = { dataDirectory: directory, port: 0, clickhouseUrl: 'http://127.0.0.1:9' };
    await expect(startCollector(options)).rejects.toEqual(
      oneLine('STORE_UNAVAILABLE', /^ClickHouse does not answer: /),
    );
  });
});

describe('a server that is named by its address', () => {
  it('is used instead of an own one, in the database of the path', async () => {
    const clickHouse = await startEmbeddedClickHouse({
      directory: join(directory, 'server'),
      onCrash: () => {},
    });
    const options = {
      dataDirectory: join(directory, 'unused'),
      port: 0,
      clickhouseUrl: `${clickHouse.url}/agents`,
    };
    const collector = await startCollector(options);
    expect((await sendSpan(collector.url)).status).toBe(200);
    await collector.settled();
    expect((await fetch(`${collector.url}/api/traces/${traceId}`)).status).toBe(200);

    const store = await openDatabase(`${clickHouse.url}/agents`);
    await expect(
      migrate(store, [{ version: 1, name: '0001-spans.sql', checksum: 'edited', sql: '' }], 'agents'),
    ).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' });
    await store.close();

    await clickHouse.close();
    const taken = await sendSpan(collector.url, exampleSpan({ spanId: 'b7ad6b7169203332' }));
    expect(taken.status).toBe(200);
    const health = await fetch(`${collector.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([
      200,
      {
        status: 'degraded',
        clickhouse: 'down',
        segments: { bytes: expect.any(Number), segments: 1, quarantined: 0 },
        shards: null,
        redacted: null,
        leftOut: 0,
      },
    ]);
    await collector.close();
  });
});

describe('a collector whose share of the disk is used up', () => {
  it('refuses spans and says when to come again (B10, B39)', async () => {
    const collector = await startTestCollector({ maxSegmentBytes: 1 });
    const refused = await sendSpan(collector.url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.text()).toMatch(/expected at most 1 bytes to wait for ClickHouse/);
    const health = await fetch(`${collector.url}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([503, { status: 'down', clickhouse: 'up' }]);
    await collector.close();
  });
});

describe('the port', () => {
  let collector: TestCollector;
  beforeAll(async () => {
    const dashboard = join(directory, 'dashboard');
    mkdirSync(join(dashboard, 'assets'), { recursive: true });
    writeFileSync(join(dashboard, 'index.html'), '<!doctype html><title>Rehearse</title>');
    writeFileSync(join(dashboard, 'assets', 'main.js'), 'export {};');
    collector = await startTestCollector({ dashboardDirectory: dashboard, maxBodyBytes: 100_000 });
  });
  afterAll(() => collector.close());

  it.each(['/', '/runs/abc', '/traces/x?y=1'])('answers the page %s with the dashboard', async (path) => {
    const answer = await fetch(collector.url + path, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/<title>Rehearse/);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).not.toMatch(/unsafe|data:/);
  });

  it('serves assets, and 404 for one that is not there', async () => {
    const asset = await fetch(`${collector.url}/assets/main.js`);
    expect(asset.headers.get('content-type')).toMatch(/javascript/);
    expect(asset.headers.get('cache-control')).toMatch(/immutable/);
    expect((await fetch(`${collector.url}/assets/other.js`)).status).toBe(404);
  });

  it('gives no file outside of the dashboard', async () => {
    const text = await rawRequest(
      collector.url,
      'GET /../file HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(text).toMatch(/<title>Rehearse|404/);
  });

  it('answers a program at an unknown address with an error, not with a page', async () => {
    for (const path of ['/api/nothing', '/nothing']) {
      const answer = await fetch(collector.url + path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    }
  });

  it('refuses a request for another host', async () => {
    const text = await rawRequest(
      collector.url,
      'GET /api/traces HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n',
    );
    expect(text).toMatch(/^HTTP\/1.1 403 /);
    expect(text).toMatch(/FORBIDDEN/);
  });

  it('takes no body of any size at the API either', async () => {
    const answer = await fetch(`${collector.url}/api/runs/run-a`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify('x'.repeat(100_001)),
    });
    expect([answer.status, await answer.json()]).toMatchObject([413, { error: { code: 'BODY_TOO_LARGE' } }]);
  });

  it('answers an endless chunked body with 413 and goes on serving (B7)', async () => {
    const chunk = `2710\r\n${'x'.repeat(10_000)}\r\n`;
    const head =
      'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await rawRequest(collector.url, head, chunk)).toMatch(/^HTTP\/1.1 413 /);
    expect((await fetch(`${collector.url}/healthz`)).status).toBe(200);
  });
});

/** Sends bytes as they are, then `more` again and again until an answer comes. */
function rawRequest(url: string, head: string, more = ''): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(head);
      if (more === '') return;
      const pump = setInterval(() => socket.writable && socket.write(more), 1);
      socket.once('close', () => clearInterval(pump));
    });
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString();
      if (more !== '') socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

describe('the log of ClickHouse', () => {
  it('lies in the data directory', async () => {
    const collector = await startTestCollector();
    expect(readFileSync(join(collector.directory, 'clickhouse', 'clickhouse.log'), 'utf8')).toEqual(
      expect.any(String),
    );
    await collector.close();
  });
});
