import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as bot from '../../agents/repo-bot/index.ts';
import { Run } from '../../domain/run.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import {
  findSimulatedModel,
  inProcess,
  type JudgedMutant,
  judgeMutants,
  openDoor,
  playSteps,
  runTrials,
  scoreTrial,
} from '../../harness/index.ts';
import { repoBot } from './pack.ts';

const telemetry = bot.startTelemetry({ exporter: new InMemorySpanExporter() });
const door = openDoor({ passthrough: [] });
afterAll(async () => {
  door.close();
  await telemetry.shutdown();
});

/** One trial of each scenario with the simulated model of that name. */
async function play(modelName: string, scenarios: readonly Scenario[] = repoBot.scenarios): Promise<Trial[]> {
  const model = findSimulatedModel(repoBot.models, modelName);
  if ('problem' in model) throw new Error(model.problem);
  const run = Run.parse({
    id: `test-${modelName.replaceAll(/[+=]/g, '-')}`,
    pack: repoBot.name,
    agent: bot.name,
    agentVersion: bot.version,
    model: modelName,
    simulated: true,
    replayed: false,
    seed: 'repo-bot',
    commit: null,
    trialsPlanned: scenarios.length,
    start: 0,
    end: null,
    verdict: null,
  });
  const trials: Trial[] = [];
  await runTrials({
    run,
    pack: repoBot,
    scenarios,
    agent: inProcess(bot),
    model,
    door,
    spans: null,
    trialsPerScenario: 1,
    concurrency: 4,
    signal: new AbortController().signal,
    onTrial: (trial) => void trials.push(trial),
  });
  return trials;
}

function failuresOf(trials: readonly Trial[]): Map<string, string> {
  return new Map(
    trials.flatMap(({ scenario, outcome }) =>
      outcome.kind === 'passed'
        ? []
        : [[scenario.id, outcome.kind === 'failed' ? outcome.failure : outcome.explanation] as const],
    ),
  );
}

async function outcomeOf(scenario: Scenario, steps = scenario.reference?.steps ?? []) {
  const { record, defect } = await playSteps(steps, scenario, repoBot);
  expect(defect).toBeNull();
  return scoreTrial(record, repoBot).outcome;
}

const abstaining = repoBot.scenarios.filter(({ expect: { abstain } }) => abstain !== null);
const features = repoBot.scenarios.filter(({ tags }) => tags.includes('feature-request'));

describe('the pack', () => {
  it('has 25 scenarios and more, in a fifth of which nothing is to be written', () => {
    expect(repoBot.scenarios.length).toBeGreaterThanOrEqual(25);
    expect(abstaining.length).toBeGreaterThanOrEqual(repoBot.scenarios.length / 5);
    expect(abstaining.every(({ tags }) => tags.includes('do-nothing'))).toBe(true);
  });

  it('asks the same of every request: half of the files among ten, one among five', () => {
    const asked = features.flatMap(({ expect: { checks } }) => checks.map(({ arguments: given }) => given));
    expect(asked).toHaveLength(features.length);
    expect(new Set(asked.map((given) => (given as { recallAt10: number }).recallAt10))).toEqual(
      new Set([0.5]),
    );
  });
});

describe('its references', () => {
  it('pass, each violation fails as it should, and an agent that does nothing passes nowhere', async () => {
    for (const scenario of repoBot.scenarios) {
      expect([scenario.id, await outcomeOf(scenario)]).toEqual([scenario.id, { kind: 'passed' }]);
      expect([scenario.id, (await outcomeOf(scenario, [])).kind]).toEqual([scenario.id, 'failed']);
      for (const { title, steps, failure } of scenario.reference?.violations ?? []) {
        const found = { id: scenario.id, title, outcome: await outcomeOf(scenario, steps) };
        expect(found).toMatchObject({ outcome: { kind: 'failed', failure } });
      }
    }
  });

  it('have no mutant that gets away', async () => {
    const mutants: (JudgedMutant & { scenario: string })[] = [];
    for (const scenario of repoBot.scenarios) {
      for (const mutant of await judgeMutants(scenario, repoBot))
        mutants.push({ scenario: scenario.id, ...mutant });
    }
    expect(mutants.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    expect(mutants.filter(({ verdict }) => verdict === 'right').length).toBeGreaterThan(150);
  });
});

describe('the bot with sim/repo-bot', () => {
  let trials: Trial[];
  beforeAll(async () => {
    trials = await play('sim/repo-bot');
  });

  it('passes', () => {
    expect(failuresOf(trials)).toEqual(new Map());
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
    expect(failuresOf(await play('sim/repo-bot+credulous'))).toEqual(
      new Map(judgedByModel.map((id) => [id, 'forbidden'])),
    );
  });

  it('one that ranks the likeliest last fails by the files it names', async () => {
    const failures = failuresOf(await play('sim/repo-bot+astray', features));
    expect(new Set(failures.values())).toEqual(new Set(['check']));
    expect(failures.size / features.length).toBeGreaterThanOrEqual(0.95);
  });

  it('one that gives up fails by what is missing', async () => {
    const failures = failuresOf(await play('sim/repo-bot+flaky=1', features.slice(0, 3)));
    expect(failures.size).toBe(3);
  });
});
