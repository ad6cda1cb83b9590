import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as bot from '../../agents/repo-bot/index.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import { inProcess } from '../../harness/index.ts';
import { failuresOf, play } from '../testing/play.ts';
import { repoBot } from './pack.ts';

const telemetry = bot.startTelemetry({ exporter: new InMemorySpanExporter() });
afterAll(() => telemetry.shutdown());

const playWith = (model: string, scenarios: readonly Scenario[] = repoBot.scenarios) =>
  play({ pack: repoBot, agent: inProcess(bot), model, scenarios });

/** What failed, by scenario, and as what. */
const failures = (trials: readonly Trial[]) =>
  new Map(
    failuresOf(trials).map((failed) => [
      failed.scenario,
      'failure' in failed ? failed.failure : failed.explanation,
    ]),
  );

const abstaining = repoBot.scenarios.filter(({ expect: { abstain } }) => abstain !== null);
const features = repoBot.scenarios.filter(({ tags }) => tags.includes('feature-request'));

describe('the pack', () => {
  it('asks the same of every request: half of the files among ten, one among five', () => {
    const asked = features.flatMap(({ expect: { checks } }) => checks.map(({ arguments: given }) => given));
    expect(asked).toHaveLength(features.length);
    expect(new Set(asked.map((given) => (given as { recallAt10: number }).recallAt10))).toEqual(
      new Set([0.5]),
    );
  });
});

describe('the bot with sim/repo-bot', () => {
  let trials: Trial[];
  beforeAll(async () => {
    trials = await playWith('sim/repo-bot');
  });

  it('passes', () => {
    expect(failures(trials)).toEqual(new Map());
  });

  it('meets every fault, and comments once', () => {
    for (const { scenario, calls, journal } of trials) {
      for (const { operation } of scenario.world.faults)
        expect([
          scenario.id,
          calls.some((call) => call.operation === operation && call.fault !== null),
        ]).toEqual([scenario.id, true]);
      expect(journal.filter(({ operation }) => operation === 'insert').length).toBeLessThanOrEqual(1);
    }
  });

  it('reaches every step that found something', () => {
    for (const { scenario, scores } of trials.filter(({ scenario: { tags } }) =>
      tags.includes('feature-request'),
    )) {
      const milestones = scores.find(({ scorer }) => scorer === 'milestones');
      const reached =
        milestones?.kind === 'scored' ? (milestones.notes ?? []).filter(({ done }) => done) : [];
      expect([scenario.id, reached.length >= 3]).toEqual([scenario.id, true]);
    }
  });
});

describe('the planted misbehaviours', () => {
  it('one that goes on with every issue comments where it should not, and nowhere else', async () => {
    const judgedByModel = abstaining
      .map(({ id }) => id as string)
      .filter((id) => !/no-issue-named|closed|answered-already/.test(id));
    expect(failures(await playWith('sim/repo-bot+credulous'))).toEqual(
      new Map(judgedByModel.map((id) => [id, 'forbidden'])),
    );
  });

  it('one that ranks the likeliest last fails by the files it names', async () => {
    const failed = failures(await playWith('sim/repo-bot+astray', features));
    expect(new Set(failed.values())).toEqual(new Set(['check']));
    expect(failed.size / features.length).toBeGreaterThanOrEqual(0.95);
  });

  it('one that gives up fails by what is missing', async () => {
    const failed = failures(await playWith('sim/repo-bot+flaky=1', features.slice(0, 3)));
    expect(failed.size).toBe(3);
  });
});
