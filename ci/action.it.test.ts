import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Collector, startCollector } from '../collector/server.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { type JobEnd, readAction, runAction } from './testing/run-action.ts';

const root = resolve(import.meta.dirname, '..');
const actionFile = join(root, 'ci/action.yml');
const ids = ['sdr/reply/opts-out', 'sdr/opted-out-contact', 'sdr/no-address'];

let directory: string;
let collector: Collector;
let github: { url: string; comments: { id: number; body: string }[]; refuses: boolean; close(): void };
let jobs = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearse-action-'));
  const scenarios = sdr.scenarios.filter(({ id }) => ids.includes(id));
  await writeFile(join(directory, 'few.json'), JSON.stringify(scenarios, null, 2));
  const policy = { trials: 3, confirmTrials: 8, extraLooks: 0, margin: 0.9 };
  await writeFile(join(directory, 'rehearse.config.json'), JSON.stringify({ gate: policy }));
  await writeFile(join(directory, 'broken.ts'), brokenAgent);
  collector = await startCollector({ dataDirectory: join(directory, 'data'), port: 0 });
  github = await startGitHub();
});
afterAll(async () => {
  github?.close();
  await collector?.close();
  await rm(directory, { recursive: true, force: true });
});

/** Alice, who no longer hears what is said in one thread. */
const brokenAgent = `
import * as alice from ${JSON.stringify(join(root, 'agents/alice-react/index.ts'))};
export const { name, flush, startTelemetry } = alice;
export const version = 'broken';
export const run = (request, environment, signal) =>
  alice.run(request.message.includes('th_310') ? { ...request, message: 'Hello.' } : request, environment, signal);
`;

/** The part of GitHub's API that comments need. */
async function startGitHub(): Promise<typeof github> {
  const comments = [{ id: 1, body: 'Looks good to me.' }];
  const state = { comments, refuses: false };
  const path = '/repos/acme/agents/issues';
  const app = new Hono();
  app.use(async (context, next) => {
    const isAllowed = context.req.header('authorization') === 'Bearer secret' && !state.refuses;
    return isAllowed ? next() : context.json({ message: 'Resource not accessible by integration' }, 403);
  });
  app.get(`${path}/7/comments`, (context) =>
    context.json(context.req.query('page') === '1' ? comments.slice(0, 100) : []),
  );
  app.post(`${path}/7/comments`, async (context) => {
    const { body } = await context.req.json();
    comments.push({ id: comments.length + 1, body });
    return context.json({}, 201);
  });
  app.patch(`${path}/comments/:id`, async (context) => {
    const found = comments.find(({ id }) => id === Number(context.req.param('id')));
    if (!found) return context.json({}, 404);
    found.body = (await context.req.json()).body;
    return context.json({});
  });
  return new Promise((ready) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      ready(Object.assign(state, { url: `http://127.0.0.1:${port}`, close: () => server.close() })),
    );
  });
}

/** A job on the main branch, or on pull request 7; each finds the workspace as it was checked out. */
async function job(event: 'push' | 'pull_request', inputs: Record<string, string> = {}): Promise<JobEnd> {
  jobs += 1;
  const onPull = event === 'pull_request';
  await rm(join(directory, '.rehearse'), { recursive: true, force: true });
  await rm(join(directory, 'rehearse-report'), { recursive: true, force: true });
  return runAction({
    file: actionFile,
    inputs: { pack: 'few.json', rehearse: `'${process.execPath}' '${join(root, 'cli.ts')}'`, ...inputs },
    github: {
      event_name: event,
      ref_name: onPull ? '7/merge' : 'main',
      'event.repository.default_branch': 'main',
      'event.pull_request.number': onPull ? '7' : '',
      token: 'secret',
      run_id: String(jobs),
      run_attempt: '1',
    },
    workspace: directory,
    temp: join(directory, `runner ${jobs}`),
    cache: join(directory, 'cache'),
    environment: {
      REHEARSE_URL: collector.url,
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'acme/agents',
      GITHUB_ACTIONS: 'true',
    },
  });
}

const cached = () => {
  const file = join(directory, 'cache/rehearse-rehearse-report-');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};

describe('ci/action.yml', () => {
  it('gives scripts its inputs by the environment alone, and says what each is', () => {
    const { runs } = readAction(actionFile);
    for (const { run = '', shell, uses } of runs.steps) {
      expect(run).not.toContain('${{');
      expect(uses ?? shell).toMatch(/^(bash|actions\/[\w/-]+@v\d+)$/);
    }
  });

  it('makes the first run of the main branch the baseline', async () => {
    const { exit, ran, outputs, log } = await job('push');
    expect(log).toContain('::notice title=Rehearse::There was no baseline yet');
    expect(outputs).toMatchObject({ verdict: 'cannot-measure', 'exit-code': '3' });
    expect(exit).toBe(0);
    expect(ran).toContain('Keep the baseline for pull requests');
    expect(ran).not.toContain('Comment on the pull request');
    expect(Object.keys(JSON.parse(cached() ?? '{}').scenarios)).toEqual(ids.toSorted());
  });

  it('lets a good pull request through, with one comment, and keeps the baseline as it is', async () => {
    const before = cached();
    const { exit, ran, outputs, summary } = await job('pull_request');
    expect(outputs).toMatchObject({ verdict: 'pass', 'exit-code': '0', 'report-url': /artifacts/ });
    expect(exit).toBe(0);
    expect(summary).toContain('> [!TIP]\n> **Pass: 9 of 9 (100.0 %) passed, 9 of 9 (100.0 %) before**');
    expect(ran).not.toContain('Add the run to the baseline');
    expect(cached()).toBe(before);
    expect(github.comments).toHaveLength(2);
    expect(github.comments[1]?.body).toMatch(
      /^<!-- rehearse: sdr [\s\S]*\[The whole report\]\(https:\/\/github\.test\/artifacts\/1\)\n$/,
    );
  });

  it('stops a pull request that breaks something, on the line of the scenario, and updates the comment', async () => {
    const { exit, outputs, log } = await job('pull_request', { agent: './broken.ts' });
    expect(outputs).toMatchObject({ verdict: 'fail', 'exit-code': '1' });
    expect(exit).toBe(1);
    const text = readFileSync(join(directory, 'few.json'), 'utf8').split('\n');
    const line = text.findIndex((one) => one.includes('"id": "sdr/reply/opts-out"')) + 1;
    const [, token] = /^::stop-commands::(\w{32})$/m.exec(log) ?? [];
    const [during, after] = log.split(`::${token}::\n`);
    expect(during).toContain('sdr/reply/opts-out');
    expect(during?.replace(/^::stop-commands.*$/m, '')).not.toMatch(/^::/m);
    expect(after).toMatch(new RegExp(`^::error file=few\\.json,line=${line},title=sdr/reply/opts-out `, 'm'));
    expect(github.comments).toHaveLength(2);
    expect(github.comments[1]?.body).toContain('[!CAUTION]');
  });

  it('does not fail for want of a comment', async () => {
    github.refuses = true;
    const { exit, log } = await job('pull_request').finally(() => {
      github.refuses = false;
    });
    expect(log).toMatch(
      /COMMENT_REFUSED[\s\S]*403[\s\S]*::warning title=Rehearse::The comment could not be written/,
    );
    expect(exit).toBe(0);
  });

  it('adds good runs of the main branch to the baseline, and no others', async () => {
    const trialsOf = () => JSON.parse(cached() ?? '{}').scenarios['sdr/no-address'].trials.length;
    expect(trialsOf()).toBe(3);
    expect(await job('push', { agent: './broken.ts' })).toMatchObject({ exit: 1 });
    expect(trialsOf()).toBe(3);
    expect(await job('push')).toMatchObject({ exit: 0 });
    expect(trialsOf()).toBe(6);
  });

  it('ends with 2 where something given is wrong, and reports nothing', async () => {
    const { exit, ran, outputs, log } = await job('pull_request', { pack: 'none.json' });
    expect(log).toContain('SCENARIO_UNREADABLE');
    expect(outputs).toMatchObject({ verdict: '', 'exit-code': '2' });
    expect(exit).toBe(2);
    expect(ran).not.toContain('Keep the reports');
    expect(github.comments).toHaveLength(2);
  });
});
