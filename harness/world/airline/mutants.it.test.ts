import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { JsonObject } from '../../../domain/json.ts';
import type { Scenario } from '../../../domain/scenario.ts';
import { micros } from '../../../domain/units.ts';
import { examine } from '../../doctor/examine.ts';
import { type Mutation, mutantsOf } from '../../reference/mutants.ts';
import { scoreEffects } from '../../scorers/effects.ts';
import type { World } from '../world.ts';
import { type AirlineData, readAirlineData } from './data-files.ts';
import { type Action, stepsOf, worldAfter } from './reference.ts';
import { scenarioOf } from './task-scenario.ts';
import { importTauAirline } from './tau-airline.ts';

const directory = resolve(import.meta.dirname, '../../../../shared/data/tau-airline');

type Case = { name: string; kind: Mutation; sameEnd: boolean; passed: boolean };

describe.skipIf(!existsSync(directory))(
  `mutants of the reference calls (skipped without ${directory})`,
  () => {
    let cases: Case[];

    beforeAll(async () => {
      const data = await readAirlineData(directory);
      cases = [];
      for (const [number, task] of tasksOf(data)) {
        const scenario = await scenarioOf(number, task, data.world);
        const reference = await worldAfter(task.actions, data.world);
        for (const mutant of mutantsOfTask(task.actions)) {
          cases.push(await judge(`task ${number}: ${mutant.name}`, mutant, scenario, reference, data));
        }
      }
    });

    const of = (...kinds: Mutation[]) => cases.filter(({ kind }) => kinds.includes(kind));

    it('are judged by the journal as by a comparison of the whole worlds', () => {
      expect(cases.filter(({ sameEnd, passed }) => sameEnd !== passed)).toEqual([]);
      expect(cases.length).toBeGreaterThan(500);
    });

    it('fail wherever a write is left out', () => {
      expect(of('drop').filter(({ passed }) => passed)).toEqual([]);
      expect(of('drop').length).toBeGreaterThan(50);
    });

    // A booking whose gift card or certificate is used up is refused the second time, and an update to the same values
    // leaves the same world.
    it('fail where a write is done twice, unless its second time changes nothing', () => {
      const harmless = of('double').filter(({ passed }) => passed);
      expect(harmless.filter(({ name }) => /cancel|send/.test(name))).toEqual([]);
      expect(of('double').length - harmless.length).toBeGreaterThan(15);
      expect(harmless.filter(({ sameEnd }) => !sameEnd)).toEqual([]);
    });

    it('fail wherever a value that is written is another', () => {
      const passed = of('alter').filter((found) => found.passed);
      expect(passed).toEqual([]);
      expect(of('alter').length).toBeGreaterThan(300);
    });

    it('and all else that a doctor looks at leave no complaint about the imported tasks', async () => {
      const { pack } = await importTauAirline(directory);
      const complaints: unknown[] = [];
      let judged = 0;
      for (const scenario of pack.scenarios) {
        const examined = await examine(scenario, pack);
        complaints.push(...examined.complaints);
        judged += examined.tallies.mutants?.good ?? 0;
      }
      expect(complaints).toEqual([]);
      expect(judged).toBeGreaterThan(500);
    });

    it('pass with any reads among the calls', () => {
      expect(of('read').filter(({ passed }) => !passed)).toEqual([]);
      expect(of('read').length).toBeGreaterThan(50);
    });

    it('pass in another order of writes that do not touch each other', () => {
      expect(of('reorder').filter(({ passed }) => passed).length).toBeGreaterThan(10);
    });
  },
);

const WRITES: readonly string[] = [
  'book_reservation',
  'cancel_reservation',
  'send_certificate',
  'update_reservation_baggages',
  'update_reservation_flights',
  'update_reservation_passengers',
];

/** What an agent looks up on the way: none of it may count. */
const READS: readonly Action[] = [
  { name: 'list_all_airports', kwargs: {} },
  { name: 'get_user_details', kwargs: { user_id: 'mia_li_3668' } },
  { name: 'calculate', kwargs: { expression: '1/0' } },
  { name: 'think', kwargs: { thought: '' } },
];

type TaskMutant = { kind: Mutation; name: string; actions: Action[] };

function mutantsOfTask(actions: readonly Action[]): TaskMutant[] {
  const steps = stepsOf(actions);
  const writes = steps.flatMap((step, place) =>
    'call' in step && WRITES.includes(step.call.operation) ? [place] : [],
  );
  return mutantsOf(steps, writes, stepsOf(READS)).map(({ kind, name, steps }) => ({
    kind,
    name,
    actions: steps.flatMap((step) =>
      'call' in step ? [{ name: step.call.operation, kwargs: JsonObject.parse(step.call.body) }] : [],
    ),
  }));
}

async function judge(
  name: string,
  { kind, actions }: TaskMutant,
  scenario: Scenario,
  reference: World,
  data: AirlineData,
): Promise<Case> {
  const world = await worldAfter(actions, data.world);
  return { name, kind, sameEnd: haveSameEnd(world, reference), passed: passes(scenario, world) };
}

function passes(scenario: Scenario, { journal, calls }: World): boolean {
  const score = scoreEffects({
    scenario,
    journal,
    calls,
    turns: [],
    spans: null,
    figures: {
      duration: micros(0),
      virtualDuration: micros(0),
      modelCalls: null,
      toolCalls: null,
      usage: null,
      cost: null,
    },
    ending: { kind: 'finished' },
  });
  return score.kind === 'scored' && score.pass;
}

/** Whether all rows that either world touched are the same now. It asks the tables, not the journals' values. */
function haveSameEnd(left: World, right: World): boolean {
  return [...left.journal, ...right.journal].every(({ table, key }) =>
    isDeepStrictEqual(left.row(table, key), right.row(table, key)),
  );
}

function tasksOf({
  runs,
}: AirlineData): Map<number, { instruction: string; actions: Action[]; outputs: string[] }> {
  return new Map(runs.map((run) => [run.task_id, run.info.task]));
}
