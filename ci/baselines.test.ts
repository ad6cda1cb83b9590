import { describe, expect, it } from 'vitest';
import { scenarioDigest } from '../harness/index.ts';
import { assistant } from '../scenarios/assistant/pack.ts';
import { browser } from '../scenarios/browser/pack.ts';
import { repoBot } from '../scenarios/repo-bot/pack.ts';
import { safety } from '../scenarios/safety/pack.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { voice } from '../scenarios/voice/pack.ts';
import { readBaseline } from './baseline-file.ts';

/** A changed scenario is exempt from the gate until its baseline is blessed anew: this says so at once. */
describe.each([assistant, browser, repoBot, safety, sdr, voice])('the baseline of $name', (pack) => {
  it('is of the scenarios as they are now', async () => {
    const { scenarios } = await readBaseline(
      `${import.meta.dirname}/../scenarios/${pack.name}/baseline.json`,
    );
    const blessed = Object.entries(scenarios).map(([id, { digest }]) => [id, digest]);
    const current = pack.scenarios.map((scenario) => [scenario.id, scenarioDigest(scenario, pack.fixtures)]);
    expect(Object.fromEntries(blessed)).toEqual(Object.fromEntries(current));
  });
});
