import type { Condition } from '../../domain/condition.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { User } from '../../domain/user.ts';
import type { ScoringPack } from '../scorers/scorer.ts';
import { AGENT } from '../world/principals.ts';
import type { Service } from '../world/service.ts';
import { tablePatterns, unknown } from '../world/world-tables.ts';
import type { Complaint } from './complaint.ts';

type Path = readonly PropertyKey[];
/** A name that a scenario uses, with those it may use. */
type Naming = { path: Path; what: string; name: string; known: readonly string[]; cure: string };

/** Names of services, fixtures, tables, operations and checks that the pack does not have. */
export function nameComplaints(scenario: Scenario, pack: ScoringPack): Complaint[] {
  const { world, expect } = scenario;
  const here = pack.services.filter(({ name }) => world.services.includes(name));
  const inWorld = tablePatterns(here);
  const inPack = tablePatterns(pack.services);
  const checks = Object.entries(pack.checks ?? {}).map(([name, { version }]) => `${name} ${version}`);
  const table = (path: Path, name: string, known = inWorld): Naming => ({
    path,
    what: known === inWorld ? 'table of this world' : 'table of this pack',
    name,
    known,
    cure: 'Name one of these tables, or add the service that has it to world.services.',
  });
  const named: Naming[] = [
    ...world.services.map((name, index) => ({
      path: ['world', 'services', index],
      what: 'service',
      name,
      known: pack.services.map((service) => service.name),
      cure: 'Name a service of the pack, or leave it out.',
    })),
    ...world.fixtures.map((name, index) => ({
      path: ['world', 'fixtures', index],
      what: 'fixture',
      name,
      known: Object.keys(pack.fixtures),
      cure: 'Name a fixture of the pack, or put the rows into world.rows.',
    })),
    ...Object.keys(world.rows).map((name) => table(['world', 'rows', name], name)),
    ...world.faults.flatMap(({ service, operation }, index) =>
      operationNamings({ service, operation }, ['world', 'faults', index], here),
    ),
    ...expect.effects.map((effect, index) => table(['expect', 'effects', index, 'table'], effect.table)),
    ...expect.anyOf.flatMap(({ effects }, end) =>
      effects.map((effect, index) =>
        table(['expect', 'anyOf', end, 'effects', index, 'table'], effect.table),
      ),
    ),
    ...expect.allow.map((name, index) => table(['expect', 'allow', index], name, inPack)),
    ...expect.forbid.map((rule, index) => table(['expect', 'forbid', index, 'table'], rule.table, inPack)),
    ...expect.checks.map(({ name, version }, index) => ({
      path: [
        'expect',
        'checks',
        index,
        checks.some((known) => known.startsWith(`${name} `)) ? 'version' : 'name',
      ],
      what: 'check and version',
      name: `${name} ${version}`,
      known: checks,
      cure: 'Name a check of the pack in the version that it has; look whether the scenario still means what it checks.',
    })),
    ...conditionsOf(scenario).flatMap(({ condition, path }) =>
      conditionNamings(condition, path, here, table),
    ),
    ...stepsOf(scenario).flatMap(({ call, path }) => [
      ...operationNamings(call, [...path, 'call'], here),
      ...(call.principal === undefined
        ? []
        : [principalNaming(call.principal, [...path, 'call', 'principal'], world)]),
    ]),
  ];
  const strangers = named
    .filter(({ name, known }) => !known.includes(name))
    .map(({ path, what, name, known, cure }) => ({
      path,
      message: unknown(what, name, known).message,
      cure,
    }));
  return [...strangers, ...paramComplaints(scenario, here)];
}

/** Calls of the reference that leave out a parameter of their path. */
function paramComplaints(scenario: Scenario, here: readonly Service[]): Complaint[] {
  return stepsOf(scenario).flatMap(({ call, path }) => {
    const operation = here
      .find(({ name }) => name === call.service)
      ?.operations.find(({ id }) => id === call.operation);
    const missing = [...(operation?.path.matchAll(/:([\w-]+)/g) ?? [])]
      .map(([, name = '']) => name)
      .filter((name) => !Object.hasOwn(call.params, name));
    return missing.map((name) => ({
      path: [...path, 'call'],
      message: `expected the parameter "${name}" of ${call.service} ${call.operation} (${operation?.path}), got nothing`,
      cure: `Add "params": { "${name}": ... } to the call.`,
    }));
  });
}

function principalNaming(name: string, path: Path, { grants }: Scenario['world']): Naming {
  const known = grants ? [...new Set([AGENT, ...Object.keys(grants.principals)])] : [AGENT];
  const cure = 'Name one of world.grants.principals, or leave it out for the agent.';
  return { path, what: 'principal', name, known, cure };
}

function conditionNamings(
  condition: Condition,
  path: Path,
  here: readonly Service[],
  table: (path: Path, name: string) => Naming,
): Naming[] {
  switch (condition.on) {
    case 'call':
      return operationNamings(condition, path, here);
    case 'effect':
      return [table([...path, 'effect', 'table'], condition.effect.table)];
    case 'row':
      return [table([...path, 'table'], condition.table)];
    default:
      return [];
  }
}

/** The service; where there is one of that name, its operation. */
function operationNamings(
  { service, operation }: { service: string; operation: string },
  path: Path,
  here: readonly Service[],
): Naming[] {
  const serving = here.find(({ name }) => name === service);
  if (serving) {
    const known = serving.operations.map(({ id }) => id);
    const cure = 'Name one of these operations.';
    return [{ path: [...path, 'operation'], what: `operation of ${service}`, name: operation, known, cure }];
  }
  const cure = 'Name one of these services, or add it to world.services.';
  const known = here.map(({ name }) => name);
  return [{ path: [...path, 'service'], what: 'service of this world', name: service, known, cure }];
}

function conditionsOf({ expect, user }: Scenario): { condition: Condition; path: Path }[] {
  return [
    ...expect.milestones.map(({ when }, index) => ({
      condition: when,
      path: ['expect', 'milestones', index, 'when'],
    })),
    ...userConditions(user),
  ];
}

function userConditions(user: User): { condition: Condition; path: Path }[] {
  if (user.kind === 'script') {
    const until = user.until ? [{ condition: user.until, path: ['user', 'until'] }] : [];
    return [
      ...user.turns.map(({ when }, index) => ({ condition: when, path: ['user', 'turns', index, 'when'] })),
      ...until,
    ];
  }
  if (user.kind !== 'machine') return [];
  return Object.entries(user.states).flatMap(([name, { rules }]) =>
    rules.map(({ when }, index) => ({
      condition: when,
      path: ['user', 'states', name, 'rules', index, 'when'],
    })),
  );
}

function stepsOf({ reference }: Scenario) {
  const all = [
    { steps: reference?.steps ?? [], path: ['reference', 'steps'] as Path },
    ...(reference?.violations ?? []).map(({ steps }, index) => ({
      steps,
      path: ['reference', 'violations', index, 'steps'] as Path,
    })),
  ];
  return all.flatMap(({ steps, path }) =>
    steps.flatMap((step, index) => ('call' in step ? [{ call: step.call, path: [...path, index] }] : [])),
  );
}
