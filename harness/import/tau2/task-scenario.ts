import type { Row } from '../../../domain/effect.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { ReferenceStep } from '../../../domain/reference.ts';
import { Scenario } from '../../../domain/scenario.ts';
import { WorldSpec } from '../../../domain/world-spec.ts';
import { playSteps } from '../../reference/play-steps.ts';
import { isObject } from '../../world/airline/python-operations.ts';
import { expectedEffects } from '../../world/airline/reference.ts';
import type { Fixture } from '../../world/service.ts';
import { type ImportedTask, isRefused } from '../imported.ts';
import type { Domain } from './domain.ts';
import type { Instructions, Task } from './task.ts';

/** Steps after which tau2-bench cuts a run. */
const STEP_LIMIT = 200;

/**
 * Right is what the reference calls of a task bring about in its world, no more and no less, with its facts said. What
 * only a model can judge (`nl_assertions`) is not judged. The user is played by a model that knows the task's brief.
 */
export async function importTask(domain: Domain, task: Task, fixture: Fixture): Promise<ImportedTask> {
  const id = scenarioId(domain, task);
  const obstacle = obstacleOf(task);
  if (obstacle) return { kind: 'left-out', id, reason: obstacle };
  const { actions = null, communicate_info, reward_basis, nl_assertions } = task.evaluation_criteria ?? {};
  const calls = (actions ?? []).filter(({ name }) => !domain.outsideTheState.includes(name));
  const world = WorldSpec.parse({
    now: domain.now,
    services: [domain.service.name],
    fixtures: [packName(domain)],
    rows: changedRows(domain, task.initial_state?.initialization_data?.agent_data ?? {}, fixture),
  });
  const facts = communicate_info ?? [];
  const { message, goal } = briefOf(task.user_scenario.instructions);
  const steps = calls.map(({ name, arguments: body }): ReferenceStep => {
    return { call: { service: domain.service.name, operation: name, params: {}, query: {}, body } };
  });
  const draft = Scenario.parse({
    id,
    title: `tau2-bench ${domain.name}, task ${task.id}`,
    world,
    start: { message },
    user: { kind: 'model', persona: task.user_scenario.persona ?? '', goal, maxTurns: 30 },
    expect: {},
    limits: { modelCalls: STEP_LIMIT },
    reference: { steps: [...steps, ...facts.map((say): ReferenceStep => ({ say }))] },
  });
  const { record } = await playSteps(steps, draft, {
    services: [domain.service],
    fixtures: { [packName(domain)]: fixture },
  });
  const effects = expectedEffects(record.journal);
  const judgesState = reward_basis?.includes('DB') ?? true;
  const scenario = Scenario.parse({
    ...draft,
    tags: [
      'tau2-bench',
      ...(effects.length === 0 ? ['no-write'] : []),
      ...(nl_assertions?.length ? ['not-judged-by-a-model'] : []),
    ],
    expect: {
      effects: judgesState ? effects : [],
      abstain: judgesState && effects.length === 0 ? 'no-write' : null,
      allow: judgesState ? [] : [`${domain.service.name}.*`],
      facts: reward_basis?.includes('COMMUNICATE') === false ? [] : facts,
      budgets: { stepsWithoutProgress: null },
    },
  });
  const refused = record.calls.filter(isRefused).length;
  return { kind: 'scenario', scenario, calls: calls.length, refused };
}

export function packName({ name }: Pick<Domain, 'name'>): string {
  return `tau2-${name}`;
}

function scenarioId(domain: Domain, { id }: Task): string {
  const slug = id.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
  return `${packName(domain)}/task-${slug.padStart(3, '0')}`;
}

/** What of a task has no place in a scenario. */
function obstacleOf({ initial_state, evaluation_criteria }: Task): string | null {
  if (initial_state?.initialization_actions?.length) return 'it sets its world up by calls of its own';
  if (initial_state?.initialization_data?.user_data) return 'its user has data too';
  if (initial_state?.message_history?.length) return 'it begins in the middle of a conversation';
  if (evaluation_criteria?.env_assertions?.length) return 'it is judged by functions of the original';
  if (evaluation_criteria?.actions?.some(({ requestor }) => requestor === 'user'))
    return 'its user has tools too';
  return null;
}

/** What the user says first, and all that the user knows. */
function briefOf(instructions: Instructions): { message: string; goal: string } {
  if (typeof instructions === 'string') return { message: instructions, goal: instructions };
  const { reason_for_call, known_info, unknown_info, task_instructions } = instructions;
  const goal = [reason_for_call, known_info, unknown_info, task_instructions].filter(Boolean).join('\n');
  return { message: reason_for_call || goal, goal };
}

/** The rows that a task's own data changes, laid over those of the domain member by member. */
function changedRows({ service }: Domain, data: JsonObject, fixture: Fixture): Record<string, Row[]> {
  return Object.fromEntries(
    Object.entries(service.tables).flatMap(([table, { key }]): [string, Row[]][] => {
      const changes = data[table];
      if (changes === undefined || !isObject(changes)) return [];
      const name = `${service.name}.${table}`;
      const rows = Object.entries(changes).map(([id, change]) => {
        const row = fixture[name]?.find((other) => other[key] === id) ?? { [key]: id };
        return merged(row, change) as Row;
      });
      return [[name, rows]];
    }),
  );
}

function merged(value: Json, change: Json): Json {
  if (!isObject(value) || !isObject(change)) return change;
  const members = Object.entries(change).map(([name, member]) => [name, merged(value[name] ?? null, member)]);
  return { ...value, ...Object.fromEntries(members) };
}
