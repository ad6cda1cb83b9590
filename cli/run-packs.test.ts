import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PASSED, sampleRun, sampleTrial } from '../ci/sample-run.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Pack } from '../harness/index.ts';
import { commandHere } from './command.ts';
import { runPacks } from './run-packs.ts';

let out: string;
const printed: string[] = [];
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'rehearse-packs-'));
  // Named, so that none is looked for or started; nothing of this is sent there.
  vi.stubEnv('REHEARSE_URL', 'http://127.0.0.1:9');
  vi.spyOn(console, 'log').mockImplementation((text) => void printed.push(text));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(out, { recursive: true });
});

const packOf = (name: string, scenarios: number): Pack => ({
  name,
  scenarios: Array.from(
    { length: scenarios },
    (_, place) => sampleTrial(`${name}/${place}`, 0, PASSED).scenario,
  ),
  services: [],
  fixtures: {},
  models: [],
});
const FAILED: Outcome = { kind: 'failed', failure: 'missed', explanation: 'wrote nothing' };

it('rehearses each pack, the longest first, tells what did not pass, and ends as the worst of them', async () => {
  const commands: (readonly string[])[] = [];
  const exit = await runPacks({
    ...{ packs: [packOf('voice', 1), packOf('sdr', 2)], trials: 1, seed: 'seven', out, data: out },
    signal: new AbortController().signal,
    async rehearse(args) {
      commands.push(args);
      const pack = String(args[1]);
      const outcomes = pack === 'sdr' ? [PASSED, FAILED] : [PASSED];
      const trials = outcomes.map((outcome, place) => ({
        trial: sampleTrial(`${pack}/${place}`, 0, outcome),
      }));
      const lines = [
        { run: sampleRun({ trialsPlanned: trials.length, end: null }) },
        ...trials,
        { end: sampleRun().end },
      ];
      await writeFile(String(args.at(-1)), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return { exit: pack === 'sdr' ? 1 : 0, out: `verdict of ${pack}`, error: '' };
    },
  });
  expect(commands).toEqual(
    ['sdr', 'voice'].map((pack) => [
      ...[
        'run',
        pack,
        '--trials',
        '1',
        '--seed',
        'seven',
        '--data',
        out,
        '--out',
        join(out, `${pack}.jsonl`),
      ],
    ]),
  );
  expect(exit).toBe(1);
  const text = printed.join('\n');
  expect(text).toMatch(/^sdr\nverdict of sdr$/m);
  expect(text).not.toContain('verdict of voice');
  expect(text).toMatch(/^sdr +alice-react +2 +1 +1 +0 +50 %/m);
  expect(text).toMatch(/^voice +julian +1 +1 +0 +0 +100 %/m);
  expect(text).toContain(`results    ${out}`);
});

it("takes none of the options that are a pack's own", async () => {
  const { exit, error } = await commandHere(['run', 'all', '--model', 'sim/sdr'], {});
  expect([exit, error]).toEqual([
    2,
    expect.stringContaining('run all: expected no options but --trials, --seed, --out, --data, got --model'),
  ]);
});
