import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../command.ts';
import type { Comparison } from './compare.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearse-compare-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('rehearse compare', () => {
  it('plays each agent with each number of tools, and says how they differ', async () => {
    const out = join(directory, 'comparison.json');
    const ended = await command([
      ...['compare', '--agents', 'alice-react,alice-team', '--tools', '5,20'],
      ...['--models', 'sim/sdr+confused=1', '--scenario', 'sdr/first-touch', 'sdr/opted-out-contact'],
      ...['--data', join(directory, 'data'), '--out', out],
    ]);
    expect(ended.exit, ended.error).toBe(0);
    expect(ended.out).toMatch(/^SIMULATED\./);
    const { settings, simulated } = JSON.parse(await readFile(out, 'utf8')) as Comparison;
    expect(simulated).toBe(true);
    expect(settings.map(({ agent, tools, trials }) => [agent, tools, trials])).toEqual([
      ['alice-react', 5, 2],
      ['alice-react', 20, 2],
      ['alice-team', 5, 2],
      ['alice-team', 20, 2],
    ]);
    // Who always takes a wrong tool never comes to an end.
    const react = settings.filter(({ agent }) => agent === 'alice-react');
    expect(react.every(({ hitLimit, cost }) => hitLimit.rate === 1 && (cost?.value ?? 0) > 0)).toBe(true);
  });

  it('refuses what it cannot do before it plays anything', async () => {
    const refused = await command([
      ...['compare', '--agents', 'alice-react', '--models', 'sim/sdr', '--out', 'figures.xlsx'],
    ]);
    expect(refused).toMatchObject({
      exit: 2,
      error: expect.stringMatching(/expected a file that ends with/),
    });
    const unknown = await command(['compare', '--agents', 'nobody', '--models', 'sim/sdr']);
    expect(unknown).toMatchObject({ exit: 2, error: expect.stringMatching(/UNKNOWN_AGENT/) });
  });
});
