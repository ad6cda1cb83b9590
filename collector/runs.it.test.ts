import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../domain/run.ts';
import type { Trial } from '../domain/trial.ts';
import { asDescribed } from './testing/as-described.ts';
import { exampleRun, exampleScenario, exampleTrial } from './testing/example-run.ts';
import { NOON } from './testing/example-span.ts';
import { startTestCollector, type TestCollector } from './testing/start-test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector.close());

const at = Number(NOON / 1000n);

const put = (run: Run) =>
  fetch(`${collector.url}/api/runs/${run.id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(run),
  });
const post = (runId: string, trials: Trial[]) =>
  fetch(`${collector.url}/api/runs/${runId}/trials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ trials }),
  });
const get = async (path: string) => {
  const answer = await fetch(collector.url + path);
  return { status: answer.status, body: await answer.json() };
};

describe('a run', () => {
  const trials = [
    exampleTrial(1, 'run-a', { kind: 'passed' }, 100),
    exampleTrial(
      2,
      'run-a',
      { kind: 'failed', failure: 'looped', explanation: 'asked the CRM six times' },
      null,
    ),
    exampleTrial(3, 'run-a', { kind: 'void', cause: 'infrastructure', explanation: 'no spans' }, 50),
  ];

  it('has no figures before its trials', async () => {
    expect((await put(exampleRun('run-a'))).status).toBe(200);
    expect((await get('/api/runs/run-a')).body).toEqual({
      run: {
        ...exampleRun('run-a'),
        trials: 0,
        passed: 0,
        failed: 0,
        voided: 0,
        passRate: { successes: 0, n: 0, rate: 0, low: 0, high: 1 },
        cost: null,
        p95Duration: null,
      },
      trials: [],
    });
  });

  it('counts each trial once, and a void neither as passed nor as failed', async () => {
    expect((await post('run-a', trials)).status).toBe(200);
    expect((await post('run-a', trials.slice(1))).status).toBe(200);
    const { run, trials: listed } = (await get('/api/runs/run-a')).body;
    expect(run).toMatchObject({ trials: 3, passed: 1, failed: 1, voided: 1, cost: 150, p95Duration: 3000 });
    expect(run.passRate).toMatchObject({ successes: 1, n: 2, rate: 0.5 });
    expect(listed).toMatchObject(
      trials.map(({ id, runId, digest, index, start, outcome, replayed, traceId, figures }) => {
        const titled = { scenarioId: exampleScenario.id, title: exampleScenario.title };
        return { id, runId, digest, index, start, outcome, replayed, traceId, figures, ...titled };
      }),
    );
  });

  it('answers in the shapes of its description', async () => {
    const first = trials[0]?.id;
    for (const [route, path] of [
      ['GET /api/runs', '/api/runs'],
      ['GET /api/runs/:runId', '/api/runs/run-a'],
      ['GET /api/trials/:trialId', `/api/trials/${first}`],
      ['GET /api/trials/:trialId/spans', `/api/trials/${first}/spans`],
      ['GET /healthz', '/healthz'],
    ] as const) {
      const { status, body } = await get(path);
      expect(status).toBe(200);
      expect(asDescribed(route, body)).toEqual(body);
    }
  });

  it('is replaced when it is stored again', async () => {
    await put(exampleRun('run-a', { end: at + 5_000_000 }));
    expect((await get('/api/runs/run-a')).body.run).toMatchObject({ end: at + 5_000_000, trials: 3 });
  });

  it('gives a trial back whole', async () => {
    const { body } = await get(`/api/trials/${trials[1]?.id}`);
    expect(body).toEqual({ trial: trials[1], run: expect.objectContaining({ id: 'run-a' }) });
  });

  it('refuses what is not a run, and trials of another', async () => {
    const broken = await fetch(`${collector.url}/api/runs/run-a`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"id":"run-a"}',
    });
    expect([broken.status, await broken.json()]).toMatchObject([400, { error: { code: 'BAD_REQUEST' } }]);
    expect((await post('run-b', trials)).status).toBe(400);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded'])('refuses a run sent as %s', async (type) => {
    const answer = await fetch(`${collector.url}/api/runs/run-a`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body: JSON.stringify(exampleRun('run-a')),
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      415,
      { error: { code: 'UNSUPPORTED_MEDIA_TYPE', message: expect.stringContaining(`got ${type}`) } },
    ]);
  });

  it.each([
    ['/api/runs/none', 'RUN_NOT_FOUND'],
    [`/api/trials/${'0'.repeat(24)}`, 'TRIAL_NOT_FOUND'],
  ])('answers 404 at %s', async (path, code) => {
    expect(await get(path)).toMatchObject({ status: 404, body: { error: { code } } });
  });
});

describe('the list of runs', () => {
  it('is newest first and pages without gap or repetition', async () => {
    const ids = ['p1', 'p2', 'p3', 'p4', 'p5'];
    for (const [index, id] of ids.entries()) {
      await put(exampleRun(id, { start: at + 10_000_000 + Math.floor(index / 2) }));
    }
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const query: string = next === null ? '' : `&before=${next}`;
      const { body } = await get(`/api/runs?limit=2${query}`);
      seen.push(...body.runs.map((run: Run) => run.id));
      next = body.next;
    } while (next !== null);
    expect(seen).toEqual(['p5', 'p4', 'p3', 'p2', 'p1', 'run-a']);
  });
});
