import { describe, expect, it } from 'vitest';
import { type Examined, examineDraft } from '../harness/index.ts';
import { assistant } from './assistant/pack.ts';
import { browser } from './browser/pack.ts';
import { repoBot } from './repo-bot/pack.ts';
import { safety } from './safety/pack.ts';
import { sdr } from './sdr/pack.ts';
import { voice } from './voice/pack.ts';

describe.each([
  { pack: assistant, scenarios: 25, mutants: 150 },
  { pack: browser, scenarios: 20, mutants: 120 },
  { pack: repoBot, scenarios: 25, mutants: 200 },
  { pack: safety, scenarios: 20, mutants: 150 },
  { pack: sdr, scenarios: 40, mutants: 550 },
  { pack: voice, scenarios: 10, mutants: 30 },
])('the pack $pack.name', ({ pack, scenarios, mutants }) => {
  it('has as many scenarios as it should, of its own name, and in a fifth nothing is to be done', () => {
    const ids = new Set(pack.scenarios.map(({ id }) => id));
    expect(ids.size).toBe(pack.scenarios.length);
    expect(ids.size).toBeGreaterThanOrEqual(scenarios);
    for (const id of ids) expect(id).toMatch(new RegExp(`^${pack.name}/`));
    const abstaining = pack.scenarios.filter(({ expect: { abstain } }) => abstain !== null);
    expect(abstaining.length).toBeGreaterThanOrEqual(ids.size / 5);
    for (const { id, tags } of abstaining)
      expect([id, tags]).toEqual([id, expect.arrayContaining(['do-nothing'])]);
  });

  it('shows how each is done right, and how it is done wrong', () => {
    for (const { id, reference } of pack.scenarios) {
      expect([id, reference?.steps.length]).toEqual([id, expect.toSatisfy((steps: number) => steps > 0)]);
      expect([id, reference?.violations.length]).toEqual([id, expect.toSatisfy((ways: number) => ways > 0)]);
    }
  });

  it('tells right from wrong: the doctor has no complaint', async () => {
    const examined: Examined[] = [];
    for (const scenario of pack.scenarios) examined.push(await examineDraft(scenario, pack));
    expect(
      examined.flatMap(({ id, complaints }) => complaints.map((complaint) => ({ id, ...complaint }))),
    ).toEqual([]);
    const judged = examined.reduce((sum, { tallies }) => sum + (tallies.mutants?.good ?? 0), 0);
    expect(judged).toBeGreaterThanOrEqual(mutants);
  }, 120_000);
});
