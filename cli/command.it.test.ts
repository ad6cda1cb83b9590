import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseXml } from '../ci/parse-xml.ts';
import { type Collector, startCollector } from '../collector/server.ts';
import { spansOfStructure } from '../domain/trace-structure.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { command, commandHere, startCommand } from './command.ts';

let directory: string;
let collector: Collector;
let here: Record<string, string>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearse-cli-'));
  collector = await startCollector({ dataDirectory: join(directory, 'data'), port: 0 });
  here = { REHEARSE_URL: collector.url };
});
afterAll(async () => {
  await collector?.close();
  await rm(directory, { recursive: true, force: true });
});

const file = (name: string) => join(directory, name);
/** A third of the pack, of every kind; the demo rehearses all of it. */
const some = sdr.scenarios.filter((_, index) => index % 3 === 0).map(({ id }) => id);
const api = async (path: string) => (await fetch(collector.url + path)).json();

describe('rehearse run', () => {
  it('rehearses, stores, judges and reports', async () => {
    const which = ['--trials', '1', '--scenario', ...some];
    const { exit, out } = await commandHere(
      ['run', 'sdr', ...which, '--out', file('pass.jsonl'), '--junit', file('junit.xml')],
      here,
    );
    const all = some.length;
    expect(out).toMatch(new RegExp(`${all} scenarios +${all}✓ +100 %`));
    // The baseline of a pack is one of all its scenarios.
    expect(out).toMatch(/^CANNOT MEASURE$[\s\S]*\[baseline-missing\]/m);
    expect(exit).toBe(3);
    expect(() => parseXml(readFileSync(file('junit.xml'), 'utf8'))).not.toThrow();

    const runId = /runs\/(\S+)/.exec(out)?.[1];
    const { run, trials } = await api(`/api/runs/${runId}`);
    expect(run).toMatchObject({
      passed: all,
      failed: 0,
      voided: 0,
      simulated: true,
      verdict: { kind: 'cannot-measure' },
    });
    expect(trials).toHaveLength(all);
    const { trial } = await api(`/api/trials/${trials[0].id}`);
    expect(trial).toMatchObject({ traceComplete: true, outcome: { kind: 'passed' } });
    const { structure } = await api(`/api/traces/${trial.traceId}`);
    const spans = spansOfStructure(structure);
    expect(new Set(spans.map((span) => span.kind))).toEqual(new Set(['agent', 'llm', 'tool']));
    expect(spans.every((span) => span.kind !== 'llm' || (span.cost ?? 0) > 0)).toBe(true);
  });

  it('fails an agent that sends twice, and names the effect', async () => {
    const only = ['--scenario', 'sdr/send-times-out', '--trials', '1'];
    const { exit, out } = await commandHere(
      ['run', 'sdr', '--model', 'sim/sdr+resends', ...only, '--out', file('twice.jsonl')],
      here,
    );
    expect(out).toMatch(
      /sdr\/send-times-out #1 +duplicate: insert into mail\.outbox .* done 2 times, 1 expected/,
    );
    expect(out).toMatch(/^FAIL$/m);
    expect(exit).toBe(1);
  });

  it('fails an agent that loops, and names the loop', async () => {
    const only = ['--scenario', 'sdr/nobody-found', '--trials', '1'];
    const { out } = await commandHere(
      ['run', 'sdr', '--model', 'sim/sdr+loops', ...only, '--out', file('l.jsonl')],
      here,
    );
    expect(out).toMatch(/sdr\/nobody-found #1 +looped: 19 steps in a row brought nothing new, 3 allowed/);
  });

  it('resumes a run that was interrupted, and judges it against a baseline', async () => {
    const which = ['--trials', '1', '--concurrency', '2', '--scenario', ...some];
    const args = ['run', 'sdr', ...which, '--baseline', file('baseline.json'), '--out', file('cut.jsonl')];
    expect(await commandHere(['bless', file('pass.jsonl'), '--out', file('baseline.json')])).toMatchObject({
      exit: 0,
    });
    const running = startCommand(args, here);
    await lines(file('cut.jsonl'), 5);
    running.interrupt();
    expect(await running.ended).toMatchObject({
      exit: 130,
      error: expect.stringMatching(/^rehearse: interrupted/m),
    });
    const before = trialLines(file('cut.jsonl'));

    const { exit, out } = await command(args, here);
    expect(exit).toBe(0);
    expect(out).toMatch(new RegExp(`${some.length} scenarios +${some.length}✓`));
    expect(out).toContain(`${some.length} of ${some.length} (100.0 %) in the baseline`);
    const after = trialLines(file('cut.jsonl'));
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(some.length);
  });

  it('plays a scenario file in the world of its pack', async () => {
    const scenario = {
      id: 'sdr/somebody-unknown',
      title: 'Nobody of that name',
      world: { now: '2026-03-02T09:00:00Z', services: ['crm', 'mail', 'calendar'], fixtures: ['lumenport'] },
      start: { message: 'Write a first mail to Zygmunt Unheard of Nowhere Works.' },
      expect: { abstain: 'no-write' },
    };
    await writeFile(file('one.json'), JSON.stringify(scenario));
    const { out } = await commandHere(
      ['run', file('one.json'), '--trials', '1', '--out', file('one.jsonl')],
      here,
    );
    expect(out).toMatch(/sdr\/somebody-unknown +✓/);
    expect(out).toMatch(/\[baseline-missing\]/);
  });
});

describe('rehearse gate and bless', () => {
  it('judge a results file against a baseline made of another', async () => {
    const { exit, out } = await commandHere(['gate', file('cut.jsonl'), '--baseline', file('baseline.json')]);
    const all = `${some.length} of ${some.length}`;
    expect(out).toMatch(new RegExp(`${all} .* ${all} .* in the baseline`));
    expect(exit).toBe(0);
  });

  it('cannot measure without a baseline, or with results of another model', async () => {
    const missing = await commandHere(['gate', file('pass.jsonl'), '--baseline', file('none.json')]);
    expect(missing).toMatchObject({ exit: 3, error: expect.stringMatching(/BASELINE_MISSING/) });
    const other = await commandHere(['gate', file('l.jsonl'), '--baseline', file('baseline.json')]);
    expect(other.out).toMatch(/CANNOT MEASURE[\s\S]*baseline-of-another-model/);
    expect(other.exit).toBe(3);
  });
});

describe('bad input is one clear error', () => {
  it.each([
    [['run', 'sales'], 2, /^rehearse: UNKNOWN_PACK: expected one of .*\bsdr\b.* got "sales"/],
    [['run', 'sdr', '--agent', 'alise'], 2, /^rehearse: UNKNOWN_AGENT: expected .*alice-react.* got "alise"/],
    [
      ['run', 'sdr', '--model', 'sim/none'],
      2,
      /^rehearse: UNKNOWN_MODEL: expected sim\/sdr, sim\/sdr\+loops/,
    ],
    [
      ['run', 'sdr', '--scenario', 'sdr/news/none'],
      2,
      /^rehearse: USAGE: expected scenarios of sdr \(sdr\/news\/newest, sdr\/news\/too-old, .* got "sdr\/news\/none"/,
    ],
    [['run', 'none.json'], 2, /^rehearse: SCENARIO_UNREADABLE: .*none\.json/],
    [['run', 'sdr', '--trials', 'many'], 2, /expected a whole number from 1 to 1000/],
    [['import', 'tau-airline', '/nowhere'], 2, /^rehearse: DATA_DIRECTORY_MISSING: expected flights\.json/],
    [['gate', 'none.jsonl', '--baseline', 'b.json'], 3, /^rehearse: RESULTS_UNREADABLE: none\.jsonl/],
    [['frobnicate'], 2, /unknown command 'frobnicate'/],
  ])('%j', async (args, exit, message) => {
    const ended = await commandHere(args, here);
    expect(ended.error).toMatch(message);
    expect(ended.error.trim().split('\n')).toHaveLength(2);
    expect(ended).toMatchObject({ exit, out: '' });
  });

  it('a collector that is not there', async () => {
    const { exit, error } = await commandHere(['run', 'sdr', '--trials', '1', '--out', file('no.jsonl')], {
      REHEARSE_URL: 'http://127.0.0.1:9',
    });
    expect(error).toMatch(/COLLECTOR_UNREACHABLE: expected a collector at http:\/\/127\.0\.0\.1:9/);
    expect(exit).toBe(3);
  });

  it('serves without gRPC where that is off, and logs as JSON where that is wanted', async () => {
    const words = ['serve', '--port', '0', '--grpc-port', 'off', '--log', 'json'];
    const running = startCommand([...words, '--data', file('no-grpc')]);
    await running.printed(/collector\.started/);
    running.interrupt();
    const { out, error, exit } = await running.ended;
    const told = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told).toMatchObject([
      { level: 'info', event: 'collector.started', grpcUrl: null, url: expect.stringMatching(/^http:/) },
      { level: 'info', event: 'collector.stopping' },
    ]);
    expect([error, exit]).toEqual(['', 0]);
  });

  it('a port in use, a data directory in use', async () => {
    const port = new URL(collector.url).port;
    const taken = await commandHere(['serve', '--port', port, '--data', file('other')]);
    expect(taken).toMatchObject({ exit: 2, error: expect.stringMatching(/^rehearse: PORT_IN_USE/) });
    const logged = await commandHere(['serve', '--port', port, '--data', file('other'), '--log', 'json']);
    expect(JSON.parse(logged.out)).toMatchObject({
      level: 'error',
      event: 'collector.failed',
      code: 'PORT_IN_USE',
    });
    expect(logged).toMatchObject({ exit: 2, error: '' });
    const locked = await commandHere(['serve', '--port', '0', '--data', join(directory, 'data')]);
    expect(locked).toMatchObject({
      exit: 2,
      error: expect.stringMatching(/^rehearse: DATA_DIRECTORY_LOCKED/),
    });
  });
});

const airline = resolve(import.meta.dirname, '../../shared/data/tau-airline');

describe.skipIf(!existsSync(airline))(`rehearse import tau-airline (skipped without ${airline})`, () => {
  it('agrees with the third party on every verdict and output, and stores runs and traces', async () => {
    const { exit, out } = await command(['import', 'tau-airline', airline, '--data', file('airline')], here);
    expect(out.trim().split('\n').at(-1)).toBe('tau-airline: verdicts 100/100 outputs 572/572');
    expect(exit).toBe(0);
    const { runs } = await api('/api/runs?limit=1');
    expect(runs[0]).toMatchObject({
      pack: 'tau-airline',
      replayed: true,
      trials: 100,
      passed: 43,
      failed: 57,
    });
    const { traces } = await api(`/api/traces?runId=${runs[0].id}&limit=500`);
    expect(traces).toHaveLength(100);
  });
});

function trialLines(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"trial"'));
}

/** Waits until the file holds that many trials. */
async function lines(path: string, count: number): Promise<void> {
  while (!existsSync(path) || trialLines(path).length < count) await sleep(20);
}
