import { beforeAll, describe, expect, it } from 'vitest';
import * as agent from '../../agents/assistant/index.ts';
import { TEMPLATES } from '../../agents/assistant/templates.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import {
  assistantModel,
  type ChatMove,
  type ChatRequest,
  inProcess,
  type SimulatedModel,
} from '../../harness/index.ts';
import { failuresOf, play } from '../testing/play.ts';
import { feedback } from './feedback.scenario.ts';
import { assistant } from './pack.ts';

const playWith = (model: string | SimulatedModel, scenarios: readonly Scenario[], trialsPerScenario = 1) =>
  play({ pack: assistant, agent: inProcess(agent), model, scenarios, trialsPerScenario });

type Exchange = { request: ChatRequest; move: ChatMove };

/** The model, and what it was asked and did, trial by trial: each trial draws from a stream of its own. */
function overheard() {
  const exchanges = new Map<() => number, Exchange[]>();
  const model: SimulatedModel = {
    ...assistantModel,
    move(request, random) {
      const move = assistantModel.move(request, random);
      exchanges.set(random, [...(exchanges.get(random) ?? []), { request, move }]);
      return move;
    },
  };
  return { model, trials: () => [...exchanges.values()] };
}

describe('the assistant with sim/assistant', () => {
  const ear = overheard();
  let trials: Trial[];
  beforeAll(async () => {
    trials = await playWith(ear.model, assistant.scenarios);
  });

  it('passes every scenario', () => {
    expect(trials).toHaveLength(assistant.scenarios.length);
    expect(failuresOf(trials)).toEqual([]);
  });

  it('shows a template agent no tool beside those of its template', () => {
    const ownWork = ear
      .trials()
      .flat()
      .flatMap(({ request }) => {
        const told = request.messages.find(({ role }) => role === 'system')?.content ?? '';
        const template = TEMPLATES.find(({ instructions }) => told.startsWith(instructions));
        return template ? [{ template, tools: request.tools }] : [];
      });
    expect(new Set(ownWork.map(({ template }) => template.name))).toEqual(
      new Set(TEMPLATES.map(({ name }) => name)),
    );
    for (const { template, tools } of ownWork) expect(tools).toEqual([...template.tools, 'hand_back']);
  });

  it('tells its user that work is under way before it works, where the user can hear it', () => {
    const spokenTo = trials.filter(
      ({ scenario, calls }) => scenario.user.kind !== 'silent' && calls.length > 0,
    );
    expect(spokenTo.length).toBeGreaterThan(4);
    for (const { turns, calls } of spokenTo) {
      const told = turns.find(({ from }) => from === 'agent');
      expect(told?.midRun).toBe(true);
      expect(told?.at).toBeLessThanOrEqual(calls[1]?.at ?? Number.POSITIVE_INFINITY);
    }
  });
});

describe('what the user says mid-run', () => {
  const SEEDS = 10;

  it('is in the very next planning step of every trial, and changes what is done', async () => {
    const ear = overheard();
    const trials = await playWith(ear.model, feedback, SEEDS);
    expect(failuresOf(trials)).toEqual([]);
    expect(
      trials.flatMap(({ turns }) => turns.filter(({ midRun, from }) => midRun && from === 'user')),
    ).toHaveLength(SEEDS * feedback.length);
    const said = feedback.flatMap(({ user }) =>
      user.kind === 'script' ? user.turns.map(({ say }) => say) : [],
    );
    const hears = ({ request }: Exchange) =>
      request.messages.some(({ role, content }) => role === 'user' && said.includes(content ?? ''));
    const plays = ear.trials();
    expect(plays).toHaveLength(SEEDS * feedback.length);
    for (const exchanges of plays) {
      const first = exchanges.findIndex(hears);
      const before = exchanges[first - 1];
      // The step before is the one whose call made the user speak.
      const called = before && 'calls' in before.move ? before.move.calls.map(({ tool }) => tool) : [];
      expect(called.some((tool) => ['search_contacts', 'get_preferences'].includes(tool))).toBe(true);
      const earlier = exchanges
        .slice(0, first - 1)
        .flatMap(({ move }) => ('calls' in move ? move.calls : []));
      expect(earlier.some(({ tool }) => ['search_contacts', 'get_preferences'].includes(tool))).toBe(false);
    }
  });

  it('is missed by a model that forgets it: caught wherever it was said, and nowhere else', async () => {
    const trials = await playWith('sim/assistant+forgets-feedback', assistant.scenarios);
    expect(new Set(failuresOf(trials).map(({ scenario }) => scenario))).toEqual(
      new Set(feedback.map(({ id }) => id)),
    );
  });
});
