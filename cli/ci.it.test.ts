import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseXml } from '../ci/parse-xml.ts';
import { VerdictFile } from '../ci/reports/verdict-file.ts';
import { type Collector, startCollector } from '../collector/server.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { commandHere } from './command.ts';

const alice = resolve(import.meta.dirname, '../agents/alice-react/index.ts');
const ids = ['sdr/reply/opts-out', 'sdr/opted-out-contact', 'sdr/no-address'];

let directory: string;
let collector: Collector;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearse-ci-'));
  const scenarios = sdr.scenarios.filter(({ id }) => ids.includes(id));
  await writeFile(file('few.json'), JSON.stringify(scenarios, null, 2));
  await writeFile(
    file('policy.json'),
    JSON.stringify({ gate: { margin: 0.9, confirmTrials: 8, extraLooks: 0 } }),
  );
  await writeFile(
    file('strict.json'),
    JSON.stringify({ gate: { margin: 0.01, inconclusive: 'fail', extraLooks: 1 } }),
  );
  collector = await startCollector({ dataDirectory: file('data'), port: 0 });
});
afterAll(async () => {
  await collector?.close();
  await rm(directory, { recursive: true, force: true });
});

const file = (name: string) => join(directory, name);
const here = () => ({ REHEARSE_URL: collector.url, GITHUB_WORKSPACE: directory });
const report = (out: string, name: string) => readFileSync(join(file(out), name), 'utf8');
const verdictOf = (out: string) => VerdictFile.parse(JSON.parse(report(out, 'verdict.json')));

function ci(out: string, ...args: string[]) {
  const common = ['--out', file(out), '--config', file('policy.json'), '--baseline', file('baseline.json')];
  return commandHere(['ci', file('few.json'), ...common, ...args], here());
}

/** Alice with a fault: what `body` does before she answers `request`. */
async function faulty(name: string, body: string): Promise<string> {
  const path = file(`${name}.ts`);
  await writeFile(
    path,
    `import * as alice from ${JSON.stringify(alice)};
export const { name, flush, startTelemetry } = alice;
export const version = ${JSON.stringify(name)};
export async function run(request, environment, signal) {
  ${body}
  return alice.run(request, environment, signal);
}
`,
  );
  return path;
}

describe('rehearse ci', () => {
  it('has a baseline of the main branch', async () => {
    const run = await commandHere(
      ['run', file('few.json'), '--trials', '6', '--out', file('main.jsonl')],
      here(),
    );
    expect(run.out).toMatch(/3 scenarios +18✓/);
    expect(await commandHere(['bless', file('main.jsonl'), '--out', file('baseline.json')])).toMatchObject({
      exit: 0,
    });
  });

  it('lets a change through that is shown to be no worse: 0', async () => {
    const { exit, out } = await ci('pass');
    expect(out).toMatch(/^PASS$/m);
    expect(out).toContain('Pass: 9 of 9 (100.0 %) passed, 18 of 18 (100.0 %) before (exit code 0)');
    expect(exit).toBe(0);
    expect(verdictOf('pass')).toMatchObject({
      exitCode: 0,
      verdict: { kind: 'pass' },
      run: { firstLook: 3 },
      troubled: [],
    });
    expect(report('pass', 'annotations.txt')).toBe('');
    expect(report('pass', 'outputs.txt')).toMatch(/^verdict=pass\nheadline=Pass: .*\nexit-code=0\n$/);
  });

  it('plays a broken scenario again, with fresh trials, before it says so: 1', async () => {
    const deaf = await faulty(
      'deaf',
      "if (request.message.includes('th_310')) request = { ...request, message: 'Hello.' };",
    );
    const { exit, out, error } = await ci('broken', '--agent', deaf, '--trials', '1');
    expect(error).toContain('8 trials more of 1 scenario that look worse: sdr/reply/opts-out');
    expect(out).toMatch(/^sdr\/reply\/opts-out +✗{9} .* 6 of 6 {2}became worse$/m);
    expect(exit).toBe(1);

    const { verdict, run, troubled } = verdictOf('broken');
    const row = verdict.evidence?.scenarios.find(({ scenarioId }) => scenarioId === ids[0]);
    expect(row).toMatchObject({
      status: 'regressed',
      confirmation: { wanted: 8, fresh: { successes: 0, n: 8 } },
    });
    expect(troubled).toHaveLength(9);
    expect(run).toMatchObject({ agentVersion: 'deaf', trialsPlanned: 11, firstLook: 1 });
    expect(report('broken', 'annotations.txt')).toMatch(
      /^::error file=few\.json,line=\d+,title=sdr\/reply\/opts-out became worse::/m,
    );
    expect(report('broken', 'comment.md')).toMatch(
      new RegExp(`\\[1\\]\\(${collector.url}/traces/[0-9a-f]{32}\\), \\[2\\]`),
    );
    expect(report('broken', 'report.html')).toMatch(/What was due and what was done[\s\S]*opted_out/);
    expect(() => parseXml(report('broken', 'junit.xml'))).not.toThrow();
  });

  it('fails at once what must never happen, and what became slower than the build before: 1', async () => {
    const mails = `const to = 'x@acme.example';
  if (request.message.includes('th_310')) await fetch(environment.MAIL_URL + '/messages', { method: 'POST',
    headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to, subject: 'Hi', body: 'Hi' }) });
  else {
    const began = Date.now();
    const answer = await alice.run(request, environment, signal);
    await new Promise((done) => setTimeout(done, 3 * (Date.now() - began)));
    return answer;
  }`;
    const { exit, out } = await ci(
      'harm',
      '--agent',
      await faulty('mails', mails),
      '--ab',
      alice,
      '--trials',
      '2',
    );
    expect(out).toMatch(/sdr\/reply\/opts-out #1: .*mail\.outbox.* \[forbidden-effect\]/);
    expect(exit).toBe(1);
    const { verdict } = verdictOf('harm');
    expect(verdict.evidence?.wants).toEqual([]);
    const latency = verdict.evidence?.budgets.find(({ measure }) => measure === 'latency');
    expect(latency).toMatchObject({ against: 'control', unit: 'wall-clock' });
    expect(latency?.ratio?.value).toBeGreaterThan(1.15);
  });

  it('cannot measure without a baseline, nor within too little money: 3', async () => {
    const none = await ci('none', '--baseline', file('none.json'), '--trials', '1');
    expect(none).toMatchObject({
      exit: 3,
      out: expect.stringMatching(/CANNOT MEASURE[\s\S]*baseline-missing/),
    });
    const poor = await ci('poor', '--max-usd', '0.0001');
    expect(poor).toMatchObject({
      exit: 3,
      out: expect.stringMatching(/the budget is spent[\s\S]*not started/),
    });
    expect(verdictOf('poor').verdict.reasons.map(({ code }) => code)).toContain('incomplete-run');
  });

  it('looks again while the verdict is open, and then says that it is, as the policy wants: 4', async () => {
    const { exit, error } = await ci('open', '--config', file('strict.json'), '--trials', '1');
    expect(error).toContain('3 trials more of 3 scenarios: neither a drop nor its absence is shown yet');
    expect(exit).toBe(4);
    expect(verdictOf('open').verdict.evidence).toMatchObject({ look: 1, firstLook: 1 });
  });

  it.each([
    [['--config', 'none.json'], /CONFIG_UNREADABLE: none\.json: expected a file/],
    [['--ab', 'nobody'], /UNKNOWN_AGENT: .*nobody/],
    [['--trials', '0'], /expected a whole number from 1/],
  ])('names what is wrong with %j: 2', async (args, message) => {
    const { exit, error } = await ci('usage', ...args);
    expect(error).toMatch(message);
    expect(exit).toBe(2);
  });

  it('writes the same reports of a results file', async () => {
    const args = ['gate', join(file('broken'), 'results.jsonl'), '--baseline', file('baseline.json')];
    const more = ['--config', file('policy.json'), '--pack', file('few.json'), '--out', file('again')];
    const { exit } = await commandHere([...args, ...more], here());
    expect(exit).toBe(1);
    for (const name of ['annotations.txt', 'comment.md', 'summary.md', 'report.html'])
      expect(report('again', name).replaceAll(/\d\d:\d\d UTC|datetime="[^"]*"/g, '')).toBe(
        report('broken', name).replaceAll(/\d\d:\d\d UTC|datetime="[^"]*"/g, ''),
      );
  });
});
