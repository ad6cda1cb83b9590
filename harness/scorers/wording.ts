import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Effect, Row } from '../../domain/effect.ts';
import type { Expectations } from '../../domain/expectations.ts';
import type { ExpectedEffect, ForbiddenEffect } from '../../domain/expected-effect.ts';
import type { Json } from '../../domain/json.ts';
import type { Ledger } from '../../domain/ledger.ts';
import { columnOf } from '../../domain/match.ts';
import type { Matcher } from '../../domain/matcher.ts';
import { type Change, changedColumns } from '../../domain/net-changes.ts';

/** Words for effects, one way in all findings. */

const LONGEST_VALUE = 60;
/** How much of what two long values share is shown before their first difference. */
const SHARED_LEAD = 20;
const MOST_COLUMNS = 4;

/** `insert into mail.outbox (to "lee@acme.test")`. Of an inserted or deleted row, `columns` are told, or all of them. */
export function describeChange(change: Change, columns: readonly string[] = []): string {
  const { operation, table, key, before, after } = change;
  if (operation === 'update') {
    const parts = changedColumns(change).map((name) => {
      const [from, to] = describePair(columnOf(before, name), columnOf(after, name));
      return `${name} ${from} -> ${to}`;
    });
    return `update of ${table} ${key}${parenthesis(parts)}`;
  }
  const row = after ?? before ?? {};
  // The key that the world made up says nothing.
  const told = Object.keys(row).filter((name) => operation !== 'insert' || row[name] !== key);
  const shown = columns.length > 0 ? columns : told;
  const parts = shown.map((name) => `${name} ${describeValue(columnOf(row, name))}`);
  return operation === 'insert'
    ? `insert into ${table}${parenthesis(parts)}`
    : `delete from ${table} of ${key}${parenthesis(parts)}`;
}

/** By which of several right ends a trial was judged: ` (judged by "asks back", the nearest of 2 right ends)`. */
export function describeEnd({ end }: Pick<Ledger, 'end'>, { anyOf }: Pick<Expectations, 'anyOf'>): string {
  if (!end) return '';
  const choice = anyOf.length > 1 ? `, the nearest of ${anyOf.length} right ends` : '';
  return ` (judged by "${end.title}"${choice})`;
}

/** As `describeChange`, of a single write. */
export function describeWrite(write: Effect, columns: readonly string[] = []): string {
  const { operation } = write;
  return operation === 'egress'
    ? `request to ${write.table}`
    : describeChange({ ...write, operation, by: write, writes: [write] }, columns);
}

/** `insert into mail.outbox (to "lee@acme.test", body some text)` */
export function describeExpected({ operation, table, key, columns }: ExpectedEffect): string {
  const parts = Object.entries(columns).map(([name, matcher]) => `${name} ${describeMatcher(matcher)}`);
  const row = key ? ` ${describeMatcher(key)}` : '';
  const verb = { insert: 'insert into', update: 'update of', delete: 'delete from' }[operation];
  return `${verb} ${table}${row}${parenthesis(parts)}`;
}

/** `call 7 messages.send (span ab12cd34…)` */
export function describeCall({ call }: Pick<Effect, 'call'>): string {
  const span = call.spanId ? ` (span ${call.spanId.slice(0, 8)}…)` : '';
  return `call ${call.number} ${call.operation}${span}`;
}

function describeMatcher(matcher: Matcher): string {
  switch (matcher.is) {
    case 'exact':
      return describeValue(matcher.value);
    case 'oneOf':
      return `one of ${matcher.values.map(describeValue).join(', ')}`;
    case 'noneOf':
      return `none of ${matcher.values.map(describeValue).join(', ')}`;
    case 'near':
      return `${matcher.value} ± ${matcher.tolerance}`;
    case 'within':
      return `within ${matcher.seconds} s of ${matcher.time}`;
    case 'pattern':
      return `a text like /${matcher.source}/`;
    case 'anyText':
      return 'some text';
    case 'any':
      return 'anything';
    case 'set':
      return `${describeValue(matcher.values)} in any order`;
    case 'id':
      return `the id "${matcher.name}"`;
  }
}

/** A value, and what it was to be. */
export function describeMismatch(value: Json, matcher: Matcher): [string, string] {
  return matcher.is === 'exact'
    ? describePair(value, matcher.value)
    : [describeValue(value), describeMatcher(matcher)];
}

/**
 * Two values that differ, so that it can be seen where: long ones are cut around the first difference of their
 * canonical texts, so that the order of keys does not pass for one.
 */
export function describePair(left: Json, right: Json): [string, string] {
  const texts = [JSON.stringify(left), JSON.stringify(right)];
  if (texts.every((text) => text.length <= LONGEST_VALUE)) return [describeValue(left), describeValue(right)];
  const [one, other] = [canonicalJson(left), canonicalJson(right)];
  const difference = firstDifference(one, other);
  const start = difference < LONGEST_VALUE / 2 ? 0 : difference - SHARED_LEAD;
  return [excerpt(one, start), excerpt(other, start)];
}

/** A value as JSON, cut where it is long. */
export function describeValue(value: Json): string {
  return excerpt(JSON.stringify(value), 0);
}

function excerpt(text: string, start: number): string {
  const end = start + LONGEST_VALUE;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${text.length > end ? '…' : ''}`;
}

function firstDifference(left: string, right: string): number {
  let index = 0;
  while (index < left.length && left[index] === right[index]) index += 1;
  return index;
}

/** What was expected as data, for the finding. */
export function asJson(expected: ExpectedEffect | ForbiddenEffect): Json {
  return JSON.parse(JSON.stringify(expected)) as Json;
}

/** A change or a single write as data, for the finding: what two scorers say of one write has the same. */
export function changeAsJson({
  operation,
  table,
  key,
  before,
  after,
}: Pick<Effect, 'operation' | 'table' | 'key' | 'before' | 'after'>): Row {
  return { operation, table, key, before, after };
}

/** `first`, `second`, ... `11th`. */
export function ordinal(number: number): string {
  const words = [
    'first',
    'second',
    'third',
    'fourth',
    'fifth',
    'sixth',
    'seventh',
    'eighth',
    'ninth',
    'tenth',
  ];
  const suffix = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(number);
  return words[number - 1] ?? `${number}${suffix[rule]}`;
}

function parenthesis(parts: readonly string[]): string {
  if (parts.length === 0) return '';
  const more = parts.length > MOST_COLUMNS ? [`${parts.length - MOST_COLUMNS} more`] : [];
  return ` (${[...parts.slice(0, MOST_COLUMNS), ...more].join(', ')})`;
}
