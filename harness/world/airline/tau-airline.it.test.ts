import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import type { Turn } from '../../../domain/trial.ts';
import { exampleRecord } from '../../scorers/example-record.ts';
import { scoreFacts } from '../../scorers/facts.ts';
import type { Fixture } from '../service.ts';
import { callsOf, type Recording, scenarioIdOf, stepsOf } from './recording.ts';
import { type Action, toolRequest, worldAfter } from './reference.ts';
import { stateDigests } from './state-digest.ts';
import { importTauAirline, type TauAirline } from './tau-airline.ts';

const directory = resolve(import.meta.dirname, '../../../../shared/data/tau-airline');

/** What the third party recorded beside the reward. */
const RecordedVerdicts = z.array(
  z.object({
    task_id: z.int(),
    trial: z.int(),
    reward: z.number(),
    info: z.object({
      task: z.object({
        actions: z.array(z.object({ name: z.string(), kwargs: z.record(z.string(), z.json()) })),
      }),
      reward_info: z
        .object({
          info: z.object({
            r_actions: z.number().optional(),
            gt_data_hash: z.string().optional(),
            outputs: z.record(z.string(), z.boolean()).optional(),
          }),
        })
        .nullable(),
    }),
  }),
);
type RecordedVerdict = z.infer<typeof RecordedVerdicts>[number];

const UNTOUCHED = '4a02dcbc0e3ace4d398988d60a33e73afad4d201deb426303159f086cadad20f';
const UNTOUCHED_AS_THE_FILES_STAND = '4587e6b48ad2b2c4f3e1fecb40aabec7bb2286513273b8f8cec3f5865222f290';

describe.skipIf(!existsSync(directory))(`the recorded runs (skipped without ${directory})`, () => {
  let imported: TauAirline;
  let fixture: Fixture;
  let verdicts: RecordedVerdict[];
  let digestOf: ReturnType<typeof stateDigests>;

  beforeAll(async () => {
    imported = await importTauAirline(directory);
    fixture = imported.pack.fixtures['tau-airline'] ?? {};
    digestOf = stateDigests(fixture);
    verdicts = RecordedVerdicts.parse(
      JSON.parse(readFileSync(join(directory, 'gpt-4o-trials-0-1.json'), 'utf8')),
    );
  });

  const recordingOf = ({ task_id, trial }: RecordedVerdict): Recording => {
    const found = imported.recordings.find(
      ({ scenarioId, index }) => scenarioId === scenarioIdOf(task_id) && index === trial,
    );
    if (!found) throw new Error(`no recording of ${task_id}.${trial}`);
    return found;
  };
  const replayedJournal = async (recording: Recording) =>
    (await worldAfter(actionsOf(recording), fixture)).journal;

  it('come as 50 scenarios, 20 of which ask for no write, and 100 recordings', () => {
    const { scenarios } = imported.pack;
    expect(scenarios.map(({ id }) => id)).toEqual(
      Array.from({ length: 50 }, (_, task) => scenarioIdOf(task)),
    );
    const withoutWrite = scenarios.filter(({ expect: { effects } }) => effects.length === 0);
    expect(withoutWrite.map(({ id }) => Number(id.slice(-2)))).toEqual([
      12, 13, 15, 17, 18, 21, 24, 29, 35, 36, 37, 38, 39, 40, 41, 42, 44, 47, 48, 49,
    ]);
    expect(imported.recordings).toHaveLength(100);
    expect(imported.recordings.filter(({ reward }) => reward === 1)).toHaveLength(43);
  });

  it('finish as the third party has it', () => {
    const finished = verdicts.map((verdict) => recordingOf(verdict).finished);
    expect(finished).toEqual(verdicts.map(({ info }) => info.reward_info !== null));
    expect(finished.filter((value) => !value)).toHaveLength(2);
  });

  it('give every output byte for byte', async () => {
    let compared = 0;
    for (const recording of imported.recordings) {
      const world = await worldAfter([], fixture);
      for (const call of callsOf(recording)) {
        const base = world.environment.AIRLINE_URL ?? '';
        const response = await world.handle(toolRequest(base, call.tool, call.arguments));
        expect(await response.json(), `${recording.scenarioId}#${recording.index} ${call.tool}`).toBe(
          call.output,
        );
        compared += 1;
      }
    }
    expect(compared).toBe(572);
  });

  it('start from the world that the third party digested', () => {
    expect(digestOf([])).toBe(UNTOUCHED);
    const users = (fixture['airline.users'] ?? []).map(withState);
    expect(stateDigests({ ...fixture, 'airline.users': users })([])).toBe(UNTOUCHED_AS_THE_FILES_STAND);
  });

  it('reach the recorded reference state and the recorded verdict on the state', async () => {
    let compared = 0;
    for (const verdict of verdicts) {
      const recorded = verdict.info.reward_info?.info;
      if (recorded?.gt_data_hash === undefined) continue;
      const reference = digestOf((await worldAfter(verdict.info.task.actions, fixture)).journal);
      expect(reference).toBe(recorded.gt_data_hash);
      const reached = digestOf(await replayedJournal(recordingOf(verdict)));
      expect(reached === reference ? 1 : 0).toBe(recorded.r_actions);
      compared += 1;
    }
    expect(compared).toBe(91);
  });

  it('say the facts that the third party found said, and no others', () => {
    let compared = 0;
    for (const verdict of verdicts) {
      const recorded = verdict.info.reward_info?.info.outputs;
      if (!recorded) continue;
      const recording = recordingOf(verdict);
      const found = Object.keys(recorded).map((fact) => [fact, isSaid(fact, recording)]);
      expect(Object.fromEntries(found)).toEqual(recorded);
      compared += 1;
    }
    expect(compared).toBe(7);
  });
});

/** The calls of a run with the transfers among them, which write nothing. */
function actionsOf(recording: Recording): Action[] {
  return callsOf(recording).map((call) => ({ name: call.tool, kwargs: call.arguments }));
}

/** The address as the file has it today. */
function withState(user: Row): Row {
  const address = Object.entries(user.address as Row).map(([name, value]) => [
    name === 'province' ? 'state' : name,
    value,
  ]);
  return { ...user, address: Object.fromEntries(address) };
}

/** What the facts scorer makes of one fact. */
function isSaid(fact: string, recording: Recording): boolean {
  const turns = stepsOf(recording).flatMap((step): Turn[] =>
    step.does === 'say' ? [{ from: 'agent', text: step.text }] : [],
  );
  const score = scoreFacts({ ...exampleRecord({ facts: [fact] }), turns });
  return score.kind === 'scored' && score.pass;
}
