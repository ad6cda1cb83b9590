import { createHash } from 'node:crypto';
import { canonicalJson, jsonEqual } from '../../domain/canonical-json.ts';
import { AppError } from '../../domain/errors.ts';
import { fieldProblem } from '../../domain/field-problem.ts';
import { Json, type JsonObject } from '../../domain/json.ts';
import { Scenario, type ScenarioInput } from '../../domain/scenario.ts';
import type { Fixture } from '../world/service.ts';
import { findSlips } from './find-slips.ts';
import { fixtureDigest } from './fixture-digest.ts';
import { rememberPlace } from './scenario-place.ts';

/**
 * Checks a scenario and fills in its defaults. Throws SCENARIO_UNREADABLE with the path of the first wrong field.
 *
 * @example
 * defineScenario({
 *   id: 'sdr/opt-out',
 *   title: 'A prospect opts out',
 *   world: { now: '2026-03-02T09:00:00Z', services: ['crm'], fixtures: ['acme'] },
 *   start: { message: 'Handle the new mail.' },
 *   expect: { effects: [update('crm.contacts', 'c1', { status: 'opted_out' })] },
 * });
 */
export function defineScenario(input: ScenarioInput): Scenario {
  return rememberPlace(parseScenario(input, 'the scenario'));
}

/** As `defineScenario`, for data of unknown shape; `source` says in the error where it came from. */
export function parseScenario(input: unknown, source: string): Scenario {
  const parsed = Scenario.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw unreadable(source, issue?.path ?? [], issue ? fieldProblem(issue, input) : 'is not a scenario');
  }
  const [slip] = findSlips(parsed.data);
  if (slip) throw unreadable(source, slip.path, slip.message);
  return parsed.data;
}

/**
 * sha256 in hex of what decides a trial: only trials of one digest may be compared. It covers the content of the fixtures
 * that the scenario names, and the versions of its checks. Title, tags and reference decide nothing. A field that holds
 * its default counts as left out, so that a field which a later version adds changes no digest.
 */
export function scenarioDigest(scenario: Scenario, fixtures: Fixtures): string {
  const known = digests.get(scenario);
  if (known?.fixtures === fixtures) return known.digest;
  const digest = computeDigest(scenario, fixtures);
  digests.set(scenario, { fixtures, digest });
  return digest;
}

type Fixtures = Readonly<Record<string, Fixture>>;

/** Every trial asks for that of its scenario. */
const digests = new WeakMap<Scenario, { fixtures: Fixtures; digest: string }>();

function computeDigest({ title, tags, reference, ...deciding }: Scenario, fixtures: Fixtures): string {
  const json = Json.parse(JSON.parse(JSON.stringify(deciding)));
  const contents = deciding.world.fixtures.map((name) => fixtureDigest(fixtures[name] ?? {}));
  const canonical = canonicalJson([withoutDefaults(json, DEFAULTS), contents]);
  return createHash('sha256').update(canonical).digest('hex');
}

/** A scenario whose author left out all that may be left out. */
const DEFAULTS = Json.parse(
  Scenario.parse({
    id: 'defaults',
    title: 'defaults',
    world: { now: '2000-01-01T00:00:00Z', services: ['none'] },
    start: { message: '' },
    expect: {},
  }),
);

function withoutDefaults(value: Json, defaults: Json | undefined): Json {
  if (!isObject(value) || !isObject(defaults)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !(name in defaults && jsonEqual(member, defaults[name] ?? null)))
      .map(([name, member]) => [name, withoutDefaults(member, defaults[name])]),
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(source: string, path: readonly PropertyKey[], message: string): AppError {
  const field = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  return new AppError('SCENARIO_UNREADABLE', `${source}: ${field ? `${field}: ` : ''}${message}`);
}
