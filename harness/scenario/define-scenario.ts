import { createHash } from 'node:crypto';
import { canonicalJson, jsonEqual } from '../../domain/canonical-json.ts';
import { AppError } from '../../domain/errors.ts';
import { parseIsoTime } from '../../domain/iso-time.ts';
import { Json, type JsonObject } from '../../domain/json.ts';
import type { Matcher } from '../../domain/matcher.ts';
import { Scenario, type ScenarioInput } from '../../domain/scenario.ts';
import { fieldProblem } from './field-problem.ts';

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
  return parseScenario(input, 'the scenario');
}

/** As `defineScenario`, for data of unknown shape; `source` says in the error where it came from. */
export function parseScenario(input: unknown, source: string): Scenario {
  const parsed = Scenario.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw unreadable(source, issue?.path ?? [], issue ? fieldProblem(issue, input) : 'is not a scenario');
  }
  const slip = findSlip(parsed.data);
  if (slip) throw unreadable(source, slip.path, slip.message);
  return parsed.data;
}

/**
 * sha256 in hex of what decides a trial: only trials of one digest may be compared. Title, tags and reference decide
 * nothing. A field that holds its default counts as left out, so that a field which a later version adds changes no digest.
 */
export function scenarioDigest({ title, tags, reference, ...deciding }: Scenario): string {
  const json = Json.parse(JSON.parse(JSON.stringify(deciding)));
  return createHash('sha256')
    .update(canonicalJson(withoutDefaults(json, DEFAULTS)))
    .digest('hex');
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

type Slip = { path: PropertyKey[]; message: string };

/** What has the right shape and still can never work. */
function findSlip({ expect }: Scenario): Slip | null {
  if (expect.abstain !== null && expect.effects.length > 0) {
    return {
      path: ['expect', 'effects'],
      message: `expected none beside abstain "${expect.abstain}": doing nothing is what is due`,
    };
  }
  for (const list of ['effects', 'forbid'] as const) {
    for (const [index, effect] of expect[list].entries()) {
      const matchers = Object.entries(effect.columns).map(([column, matcher]) => ({
        path: ['columns', column],
        matcher,
      }));
      const key = 'key' in effect && effect.key ? [{ path: ['key'], matcher: effect.key }] : [];
      for (const { path, matcher } of [...key, ...matchers]) {
        const message = matcherProblem(matcher);
        if (message) return { path: ['expect', list, index, ...path], message };
      }
    }
  }
  return null;
}

function matcherProblem(matcher: Matcher): string | null {
  if (matcher.is === 'within' && parseIsoTime(matcher.time) === null) {
    return `expected an ISO 8601 time, got "${matcher.time}"`;
  }
  if (matcher.is === 'pattern') {
    try {
      new RegExp(matcher.source, 'iu');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return null;
}

function unreadable(source: string, path: readonly PropertyKey[], message: string): AppError {
  const field = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  return new AppError('SCENARIO_UNREADABLE', `${source}: ${field ? `${field}: ` : ''}${message}`);
}
