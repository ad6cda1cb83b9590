import { once } from 'node:events';
import { status as codes } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type AuditEntry, KEY_SCOPES } from '../../domain/access.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import { exampleRun, exampleTrial } from '../testing/example-run.ts';
import { attributes, exampleSpan, NOON } from '../testing/example-span.ts';
import { grpcClient } from '../testing/grpc-client.ts';
import { JSON_LOG, JSON_POINT, logsRequest, metricsRequest } from '../testing/signal-requests.ts';
import { startTestCollector, type TestCollector } from '../testing/start-test-collector.ts';
import { ROUTE_RULES } from './route-rules.ts';

/**
 * Every route of the collector is asked for what belongs to project alpha with the key and with the session of somebody
 * of project beta, and by nobody. All that alpha stores holds the word `kestrel`.
 */
const word = 'kestrel';
const traceId = 'ab'.repeat(16);
const spanId = 'cd'.repeat(8);
const runId = 'run-a';
const pinId = 'ef'.repeat(12);
const pinOf = (note: string) => ({ spanId, note });
const at = Number(NOON / 1000n);
const window = `from=${at - 3600e6}&to=${at + 3600e6}`;

const spanNamed = (name: string) =>
  exampleSpan({
    traceId,
    spanId,
    parentSpanId: '',
    name,
    attributes: attributes({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': name,
      'gen_ai.agent.name': name,
      'gen_ai.conversation.id': 'session-1',
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.usage.output_tokens': 3,
      'rehearse.run.id': runId,
      'rehearse.trial.id': trialOf('').id,
      'app.note': name,
    }),
    resource: { attributes: attributes({ 'service.name': name }), schemaUrl: '' },
  });
const trialOf = (name: string) => ({
  ...exampleTrial(1, runId, { kind: 'failed', failure: 'looped', explanation: name }, 1),
  traceId,
});
const outcomeOf = (name: string) => ({
  id: 'outcome-1',
  type: 'sent',
  occurredAt: at,
  subject: 'lead-1',
  messageId: 'message-1',
  campaign: name,
  channel: 'email',
  traceId,
});

/** What comes after everything else: what beta had deleted is not taken again. */
function fresh(name: string, byte: string): Buffer {
  const begin = BigInt(Date.now()) * 1_000_000n;
  const times = { startTimeUnixNano: begin, endTimeUnixNano: begin + 1000n };
  return encodeTraceRequest([{ ...spanNamed(name), ...times, traceId: byte.repeat(16) }]);
}

/** The same as alpha's by every id, with another word in it. */
const requests = {
  traces: (name: string) => encodeTraceRequest([spanNamed(name)]),
  logs: (name: string) => logsRequest({ ...JSON_LOG, traceId, spanId, body: { stringValue: name } }),
  metrics: (name: string) => metricsRequest({ name, gauge: { dataPoints: [JSON_POINT] } }),
};

type Example = {
  path: string;
  body?: unknown;
  /** The method, where the route takes several. */
  method?: string;
  /** Asked with alpha's own key, the answer holds the word: this would show a test that looks in the wrong place. */
  shows?: true;
  /** What would tell of alpha, where that is not the word. */
  tells?: string;
};

/** One request a route; a route without one fails the test. */
const EXAMPLES: Record<string, Example> = {
  ...Object.fromEntries(
    ['', '/api/public/otel'].flatMap((prefix) => [
      [`ALL ${prefix}/v1/traces`, { path: `${prefix}/v1/traces`, body: requests.traces('plover') }],
      [`ALL ${prefix}/v1/logs`, { path: `${prefix}/v1/logs`, body: requests.logs('plover') }],
      [`ALL ${prefix}/v1/metrics`, { path: `${prefix}/v1/metrics`, body: requests.metrics('plover') }],
    ]),
  ),
  'ALL /v1/outcomes': { path: '/v1/outcomes', body: outcomeOf('plover') },
  'GET /api/runs': { path: '/api/runs', shows: true },
  'GET /api/runs/:runId': { path: `/api/runs/${runId}`, shows: true },
  'PUT /api/runs/:runId': { path: `/api/runs/${runId}`, body: exampleRun(runId, { agent: 'plover' }) },
  'POST /api/runs/:runId/trials': {
    path: `/api/runs/${runId}/trials`,
    body: { trials: [trialOf('plover')] },
  },
  'GET /api/comparison': { path: `/api/comparison?baseline=${runId}&candidate=run-b` },
  'GET /api/trials/:trialId': { path: `/api/trials/${trialOf('').id}`, shows: true },
  'GET /api/trials/:trialId/spans': { path: `/api/trials/${trialOf('').id}/spans`, shows: true },
  // Of a minute alone: a list is given up after some seconds, and the machine may be busy.
  'GET /api/traces': { path: `/api/traces?from=${at}&to=${at + 60e6}`, shows: true },
  'GET /api/traces/count': { path: `/api/traces/count?${window}&agent=${word}` },
  'GET /api/traces/named': { path: `/api/traces/named?ids=${traceId}`, shows: true },
  'GET /api/traces/:traceId': { path: `/api/traces/${traceId}`, shows: true },
  'GET /api/traces/:traceId/search': {
    path: `/api/traces/${traceId}/search?q=${word}`,
    shows: true,
    tells: spanId,
  },
  'GET /api/pins/:traceId': { path: `/api/pins/${traceId}`, shows: true },
  'PUT /api/pins/:traceId/:pinId': { path: `/api/pins/${traceId}/${pinId}`, body: pinOf('plover') },
  'DELETE /api/pins/:traceId/:pinId': { path: `/api/pins/${traceId}/${pinId}` },
  'GET /api/views/:page': { path: '/api/views/traces', shows: true },
  'PUT /api/views/:page/:name': { path: '/api/views/traces/mine', body: { search: 'agent=plover' } },
  'DELETE /api/views/:page/:name': { path: '/api/views/traces/mine' },
  'GET /v1/control': { path: '/v1/control' },
  'GET /api/control': { path: '/api/control' },
  'POST /api/control/:session/commands': {
    path: '/api/control/session-1/commands',
    body: { command: 'pause' },
  },
  'POST /api/backups': { path: '/api/backups', body: {} },
  'GET /api/traces/:traceId/loops': { path: `/api/traces/${traceId}/loops` },
  'GET /api/traces/:traceId/logs': { path: `/api/traces/${traceId}/logs`, shows: true },
  'GET /api/traces/:traceId/spans/:spanId': { path: `/api/traces/${traceId}/spans/${spanId}`, shows: true },
  'GET /api/charts/spans': { path: `/api/charts/spans?${window}&by=model`, shows: true },
  'GET /api/facets': { path: `/api/facets?${window}&field=service`, shows: true },
  'GET /api/loops': { path: `/api/loops?${window}` },
  'GET /api/outcomes/cohorts': { path: `/api/outcomes/cohorts?${window}&by=campaign`, shows: true },
  'GET /api/outcomes/reply-times': { path: `/api/outcomes/reply-times?${window}` },
  'GET /api/outcomes/messages': { path: `/api/outcomes/messages?${window}`, shows: true },
  'GET /api/outcomes/costs': { path: `/api/outcomes/costs?${window}`, shows: true },
  'GET /api/live': { path: '/api/live' },
  'POST /api/query': {
    path: '/api/query',
    body: { sql: 'SELECT * FROM spans JOIN payloads USING (trace_id, span_id)' },
    shows: true,
  },
  'POST /api/maintenance/:task': { path: '/api/maintenance/remap', body: { all: true } },
  'GET /api/retention': { path: '/api/retention' },
  'POST /api/retention': { path: '/api/retention', body: {} },
  'GET /api/alerts': { path: '/api/alerts' },
  'GET /api/export': { path: '/api/export' },
  'GET /api/export/:table': { path: '/api/export/runs?format=jsonl', shows: true },
  'POST /api/import/:table': { path: '/api/import/runs', body: {} },
  'GET /api/keys': { path: '/api/keys', shows: true },
  'POST /api/keys': { path: '/api/keys', body: { scopes: ['read'] } },
  'DELETE /api/keys/:id': { path: '/api/keys/of-alpha' },
  'GET /api/audit': { path: '/api/audit', shows: true },
  'GET /api/projects': { path: '/api/projects' },
  'PUT /api/projects/:project': { path: '/api/projects/gamma', body: {} },
  'DELETE /api/projects/:project': { path: '/api/projects/alpha' },
  'GET /api/people': { path: '/api/people' },
  'PUT /api/people/:email': { path: '/api/people/eve@example.com', body: { role: 'admin' } },
  'DELETE /api/people/:email': { path: '/api/people/bob@example.com' },
  'DELETE /api/traces/:traceId': { path: `/api/traces/${traceId}` },
  'DELETE /api/subjects/:subject': { path: '/api/subjects/lead-1' },
  'DELETE /api/data': { path: '/api/data' },
};
const guarded = Object.entries(ROUTE_RULES).filter(([, rule]) => rule !== 'public');

/** Keys of beta that have no other. */
const oneScope = ['ingest', 'runs', 'read'] as const;

let collector: TestCollector;
const keys: Record<string, string> = {};
let keyOfAlpha = '';
let cookie = '';

async function send(headers: Record<string, string>, method: string, path: string, body?: unknown) {
  const bytes = Buffer.isBuffer(body);
  const answer = await fetch(collector.url + path.replace('of-alpha', keyOfAlpha), {
    method,
    headers: {
      ...headers,
      ...(body === undefined
        ? {}
        : { 'content-type': bytes ? 'application/x-protobuf' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: bytes ? new Uint8Array(body) : JSON.stringify(body) }),
    signal: AbortSignal.timeout(path === '/api/live' ? 500 : 30_000),
  });
  const text = await answer.text().catch(() => '');
  return { status: answer.status, text, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

/** The request of a route's example. */
function ask(route: string, headers: Record<string, string>) {
  const { path, body, method = 'POST' } = EXAMPLES[route] as Example;
  const [own = ''] = route.split(' ');
  return send(headers, own === 'ALL' ? method : own, path, body);
}

const bearer = (key: string | undefined) => ({ authorization: `Bearer ${key}` });
const local = (project: string) => ({ ...bearer(collector.localKey), 'x-rehearse-project': project });

async function makeKey(project: string, name: string, scopes: string[], limits?: object) {
  const answer = await send(local(project), 'POST', '/api/keys', { name, scopes, limits });
  const { text, key } = JSON.parse(answer.text);
  keys[name] = text;
  return key.id as string;
}

beforeAll(async () => {
  collector = await startTestCollector({
    grpcPort: 0,
    scrypt: { cost: 16, blockSize: 8, parallelization: 1 },
  });
  for (const project of ['alpha', 'beta'])
    await send(local('default'), 'PUT', `/api/projects/${project}`, {});
  keyOfAlpha = await makeKey('alpha', word, [...KEY_SCOPES]);
  await makeKey('beta', 'beta', [...KEY_SCOPES]);
  for (const scope of oneScope) await makeKey('beta', scope, [scope]);
  const password = 'a password of bob';
  const bob = { role: 'admin', projects: ['beta'], password };
  await send(local('default'), 'PUT', '/api/people/bob@example.com', bob);
  cookie = (await send({}, 'POST', '/api/session', { email: 'bob@example.com', password })).cookie;

  const alpha = bearer(keys[word]);
  await send(alpha, 'POST', '/v1/traces', requests.traces(word));
  await send(alpha, 'POST', '/v1/logs', requests.logs(word));
  await send(alpha, 'POST', '/v1/metrics', requests.metrics(word));
  await send(alpha, 'POST', '/v1/outcomes', outcomeOf(word));
  for (const id of [runId, 'run-b']) {
    await send(alpha, 'PUT', `/api/runs/${id}`, exampleRun(id, { agent: word }));
  }
  await send(alpha, 'POST', `/api/runs/${runId}/trials`, { trials: [trialOf(word)] });
  await send(alpha, 'PUT', `/api/pins/${traceId}/${pinId}`, pinOf(word));
  await send(alpha, 'PUT', '/api/views/traces/mine', { search: `agent=${word}` });
  await send(alpha, 'DELETE', `/api/subjects/${word}?preview=true`);
  await collector.settled();
});
afterAll(() => collector?.close());

/** What shows to alpha, and how much of it. */
async function seenByAlpha() {
  const seen = [];
  for (const [route] of guarded.filter(([route]) => EXAMPLES[route]?.shows)) {
    const { status, text } = await ask(route, bearer(keys[word]));
    seen.push({
      route,
      status,
      holds: text.includes(EXAMPLES[route]?.tells ?? word),
      foreign: text.includes('plover'),
    });
  }
  return seen;
}

describe('a project', () => {
  it('has an example for every route', () => {
    expect(guarded.map(([route]) => route).filter((route) => !(route in EXAMPLES))).toEqual([]);
  });

  it('is shown to its own key by every route that could leak it', async () => {
    const seen = await seenByAlpha();
    expect(seen.length).toBeGreaterThan(12);
    expect(seen.filter(({ status, holds, foreign }) => status !== 200 || !holds || foreign)).toEqual([]);
  });

  it.each(guarded)('answers nobody at %s', async (route) => {
    expect((await ask(route, {})).status).toBe(401);
    expect((await ask(route, { cookie: `${cookie}x` })).status).toBe(401);
    expect((await ask(route, bearer(`${keys[word]?.slice(0, -1)}!`))).status).toBe(401);
  });

  it.each(guarded)('is not to be had with the scopes of others at %s (%s)', async (route, rule) => {
    for (const scope of oneScope) {
      if (scope !== rule) expect((await ask(route, bearer(keys[scope]))).status, scope).toBe(403);
    }
    if (rule === 'owner') expect((await ask(route, bearer(keys.beta))).status).toBe(403);
  });

  it.each(guarded)('is not shown to another at %s', async (route) => {
    const wishes = { 'x-rehearse-project': 'alpha' };
    for (const headers of [
      { ...bearer(keys.beta), ...wishes },
      { cookie: `${cookie}; rehearse-project=alpha`, ...wishes },
    ]) {
      const { status, text } = await ask(route, headers);
      expect(text).not.toContain(EXAMPLES[route]?.tells ?? word);
      expect(status, text).not.toBe(401);
    }
  });

  it('is as it was after all that', async () => {
    await collector.settled();
    const seen = await seenByAlpha();
    expect(seen.filter(({ status, holds, foreign }) => status !== 200 || !holds || foreign)).toEqual([]);
  });
});

describe('the audit log', () => {
  const sorted = (list: AuditEntry[]) => list.map((entry) => JSON.stringify(entry)).toSorted();
  const entries = async (query: string): Promise<{ entries: AuditEntry[]; next: number | null }> =>
    JSON.parse((await send(bearer(keys[word]), 'GET', `/api/audit?${query}`)).text);

  it('is the same page by page, also where several things were done in one millisecond', async () => {
    const preview = () => send(bearer(keys[word]), 'DELETE', `/api/subjects/${word}?preview=true`);
    await Promise.all(Array.from({ length: 8 }, preview));
    const { entries: whole } = await entries('limit=1000');
    const walked: AuditEntry[] = [];
    for (let before: number | null = Date.now() + 60_000; before !== null; ) {
      const page = await entries(`limit=2&before=${before}`);
      walked.push(...page.entries);
      before = page.next;
    }
    expect(whole.length).toBeGreaterThanOrEqual(8);
    expect(sorted(walked)).toEqual(sorted(whole));
  });

  it('begins where it is asked to', async () => {
    const { entries: whole } = await entries('limit=1000');
    const from = whole[3]?.at ?? 0;
    const since = await entries(`limit=1000&from=${from}`);
    expect(since.entries.length).toBe(whole.filter(({ at }) => at >= from).length);
  });
});

describe('a live tail', () => {
  it('shows what comes into its own project', async () => {
    const leaving = new AbortController();
    const tail = await fetch(`${collector.url}/api/live`, {
      headers: { cookie },
      signal: leaving.signal,
    });
    let text = '';
    const reading = (async () => {
      for await (const chunk of tail.body ?? []) text += Buffer.from(chunk).toString();
    })().catch(() => {});
    await send(bearer(keys[word]), 'POST', '/v1/traces', fresh(word, '12'));
    await send(bearer(keys.beta), 'POST', '/v1/traces', fresh('dunlin', '34'));
    await expect.poll(() => text).toContain('dunlin');
    expect(text).not.toContain(word);
    leaving.abort();
    await reading;
  });

  it('ends when its key is revoked, and so does a socket of control', async () => {
    const id = await makeKey('beta', 'leaving', ['ingest', 'read']);
    const headers = bearer(keys.leaving);
    const tail = await fetch(`${collector.url}/api/live`, { headers });
    const socket = new WebSocket(`${collector.url.replace('http', 'ws')}/v1/control`, { headers });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    expect((await send(bearer(keys.beta), 'DELETE', `/api/keys/${id}`)).status).toBe(200);
    expect(await tail.text()).not.toContain(word);
    expect((await closed)[0]).toBe(1008);
  });
});

describe('a body without an announced length', () => {
  it('counts for the limit of its key', async () => {
    await makeKey('beta', 'slow', ['ingest'], { bytes: 10 });
    const sent = fresh('grebe', '78');
    const post = () =>
      fetch(`${collector.url}/v1/traces`, {
        method: 'POST',
        headers: { ...bearer(keys.slow), 'content-type': 'application/x-protobuf' },
        body: new Blob([new Uint8Array(sent)]).stream(),
        duplex: 'half',
      } as RequestInit);
    expect((await post()).status).toBe(200);
    const refused = await post();
    expect(refused.status).toBe(429);
    const debt = sent.length - 10 * 10;
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(debt / 10 - 5);
    await collector.settled();
    expect((await send(bearer(keys.beta), 'GET', `/api/traces/${'78'.repeat(16)}`)).text).toContain('grebe');
  });
});

describe('OTLP over gRPC', () => {
  it('takes spans into the project of the key, and none without one', async () => {
    const client = grpcClient(collector.grpcUrl);
    const body = fresh('godwit', '56');
    const service = 'trace.v1.TraceService';
    expect(await client.call(service, body)).toMatchObject({ code: codes.UNAUTHENTICATED });
    const code = codes.PERMISSION_DENIED;
    expect(await client.call(service, body, bearer(keys.read))).toMatchObject({ code });
    expect(await client.call(service, body, bearer(keys.ingest))).toMatchObject({ code: 0 });
    client.close();
    await collector.settled();
    const path = `/api/traces/${'56'.repeat(16)}`;
    expect((await send(bearer(keys.beta), 'GET', path)).text).toContain('godwit');
    expect((await send(bearer(keys[word]), 'GET', path)).status).toBe(404);
  });
});
