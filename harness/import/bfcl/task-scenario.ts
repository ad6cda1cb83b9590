import type { Effect } from '../../../domain/effect.ts';
import type { Milestone } from '../../../domain/expectations.ts';
import type { JsonObject } from '../../../domain/json.ts';
import type { ReferenceStep } from '../../../domain/reference.ts';
import { Scenario } from '../../../domain/scenario.ts';
import { WorldSpec } from '../../../domain/world-spec.ts';
import { playSteps } from '../../reference/play-steps.ts';
import { expectedEffects } from '../../world/airline/reference.ts';
import type { ApiClass } from '../../world/bfcl/api-class.ts';
import { CLASSES } from '../../world/bfcl/classes.ts';
import { type ImportedTask, isRefused } from '../imported.ts';
import { parsePythonCall } from './python-call.ts';
import type { Answer, Task } from './task.ts';

/** Steps after which BFCL cuts a turn. */
const STEPS_A_TURN = 20;

type Call = { service: string; operation: string; body: JsonObject };

/**
 * A task as a scenario: its turns are the user's script, what its right calls bring about is expected, and every turn
 * that changes something is a milestone. What only the record of calls could tell (reads) is not judged.
 */
export async function importTask(
  pack: string,
  task: Task,
  answer: Answer | undefined,
): Promise<ImportedTask> {
  const id = `${pack}/${task.id.toLowerCase().replace(/[^a-z0-9._-]+/g, '-')}`;
  const obstacle = obstacleOf(task, answer);
  if (obstacle !== null || !answer) return { kind: 'left-out', id, reason: obstacle ?? 'it has no answer' };
  const classes = CLASSES.filter(({ name }) => task.involved_classes.includes(name));
  const turns = readTurns(answer, classes);
  if ('problem' in turns) return { kind: 'left-out', id, reason: turns.problem };
  const world = WorldSpec.parse({
    now: '2024-07-01T12:00:00Z',
    services: classes.map(({ service }) => service.name),
    rows: Object.fromEntries(
      classes.flatMap(({ name, service, rowsOf }) =>
        Object.entries(rowsOf(task.initial_config[name] ?? {})).map(([table, rows]) => [
          `${service.name}.${table}`,
          rows,
        ]),
      ),
    ),
  });
  const said = task.question.flat().map(({ content }) => content);
  const steps = turns.calls.flat().map(stepOf);
  const draft = Scenario.parse({
    id,
    title: `BFCL ${task.id}`,
    tags: ['bfcl', ...(answer.ground_truth.some((calls) => calls.length === 0) ? ['must-not-act'] : [])],
    world,
    start: { message: said[0] ?? '' },
    user:
      said.length > 1
        ? { kind: 'script', turns: said.slice(1).map((say) => ({ when: { on: 'reply' }, say })) }
        : { kind: 'silent' },
    expect: {},
    limits: { modelCalls: STEPS_A_TURN * Math.max(1, said.length) },
    reference: { steps },
  });
  const services = classes.map(({ service }) => service);
  const { record } = await playSteps(steps, draft, { services, fixtures: {} });
  const harmless = classes.flatMap((some) => some.harmless);
  const journal = record.journal.filter(({ table }) => !harmless.includes(table));
  const effects = expectedEffects(journal);
  const scenario = Scenario.parse({
    ...draft,
    expect: {
      effects,
      abstain: effects.length === 0 ? 'no-write' : null,
      allow: harmless,
      milestones: milestonesOf(byTurn(journal, turns.calls)),
      budgets: { stepsWithoutProgress: null },
    },
  });
  const refused = record.calls.filter(isRefused).length;
  return { kind: 'scenario', scenario, calls: steps.length, refused };
}

function obstacleOf(task: Task, answer: Answer | undefined): string | null {
  const names = CLASSES.map(({ name }) => name);
  const unknown = task.involved_classes.filter((name) => !names.includes(name));
  if (unknown.length > 0) return `it uses ${unknown.join(' and ')}, which is not served here`;
  if (task.missed_function) return 'it withholds functions from the agent for some turns';
  if (!answer) return 'it has no answer in possible_answer';
  if (task.question.flat().length === 0) return 'its user says nothing';
  return null;
}

/** The right calls by turn, positional arguments at their names; or what cannot be read. */
function readTurns(answer: Answer, classes: readonly ApiClass[]): { calls: Call[][] } | { problem: string } {
  try {
    return { calls: answer.ground_truth.map((turn) => turn.map((source) => readCall(source, classes))) };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: error.message };
    throw error;
  }
}

function readCall(source: string, classes: readonly ApiClass[]): Call {
  const { name, positional, named } = parsePythonCall(source);
  for (const { service, functions } of classes) {
    const found = functions.find(({ operation }) => operation.id === name);
    if (!found) continue;
    if (positional.length > found.parameters.length)
      throw new SyntaxError(`${name} takes ${found.parameters.length} arguments: ${source}`);
    const placed = positional.map((value, place) => [found.parameters[place], value]);
    return { service: service.name, operation: name, body: { ...Object.fromEntries(placed), ...named } };
  }
  throw new SyntaxError(`none of its classes has a function ${name}`);
}

/** The writes of each turn: the calls of the world are numbered through. */
function byTurn(journal: readonly Effect[], turns: readonly Call[][]): Effect[][] {
  let last = 0;
  return turns.map((calls) => {
    const first = last;
    last += calls.length;
    return journal.filter(({ call }) => call.number > first && call.number <= last);
  });
}

/** A turn that changes something is reached with the last of its changes, after those before it. */
function milestonesOf(journals: readonly Effect[][]): Milestone[] {
  const reached = journals.flatMap((journal, turn) => {
    const effect = expectedEffects(journal).at(-1);
    return effect ? [{ id: `turn-${turn + 1}`, effect }] : [];
  });
  return reached.map(({ id, effect }, place) => {
    const before = reached[place - 1];
    return { id, after: before ? [before.id] : [], when: { on: 'effect', effect } };
  });
}

function stepOf({ service, operation, body }: Call): ReferenceStep {
  return { call: { service, operation, params: {}, query: {}, body } };
}
