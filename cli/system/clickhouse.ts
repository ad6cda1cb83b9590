import { type Check, fail, ok, warn } from './check.ts';
import { clockCheck } from './clock.ts';

/** Of the ClickHouse that is or would be used. */
export type ClickHouseFacts =
  | { kind: 'silent'; reason: string }
  | {
      kind: 'answers';
      version: string;
      /** By which its clock is ahead of ours, and how exactly that is known: the time that the answer took. */
      aheadMillis: number;
      withinMillis: number;
      schema: SchemaFacts;
      /** Whether a key or a person was ever made; `null` where that was not asked. */
      guarded: boolean | null;
    };

export type SchemaFacts =
  | { kind: 'none' }
  | { kind: 'known'; version: number; pending: number }
  /** One that this Rehearse cannot use. */
  | { kind: 'foreign'; reason: string };

/**
 * @param server the address of a server that was named; `null`: Rehearse starts its own
 * @param tried the version that this Rehearse is tested with: `26.7`
 */
export function clickHouseChecks(facts: ClickHouseFacts, server: string | null, tried: string): Check[] {
  const name = 'ClickHouse';
  const expected = `an answer, of ${tried} or newer`;
  const where = server ?? 'its own';
  if (facts.kind === 'silent') {
    const cure =
      server === null
        ? 'See what it says: its log is <data>/clickhouse/clickhouse.log.'
        : 'Start that server, or correct CLICKHOUSE_URL.';
    return [fail(name, `${where}: ${facts.reason}`, expected, cure)];
  }
  const { version, aheadMillis, withinMillis } = facts;
  const found = `${version}, ${where}`;
  return [
    isFrom(version, tried)
      ? ok(name, found, expected)
      : warn(name, found, expected, `Upgrade the server: older ones than ${tried} are not tried.`),
    schemaCheck(facts.schema),
    clockCheck(aheadMillis, withinMillis),
  ];
}

function schemaCheck(schema: SchemaFacts): Check {
  const expected = 'one that this Rehearse knows';
  switch (schema.kind) {
    case 'none':
      return ok('schema', 'none yet: the first start makes it', expected);
    case 'known': {
      const pending = schema.pending > 0 ? `, ${schema.pending} steps to go at the next start` : '';
      return ok('schema', `version ${schema.version}${pending}`, expected);
    }
    case 'foreign':
      return fail(
        'schema',
        schema.reason,
        expected,
        'Run the Rehearse that made it, or a newer one; or name another database in CLICKHOUSE_URL.',
      );
  }
}

/** Whether `26.7.3.1` is at least `26.7`. */
function isFrom(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
