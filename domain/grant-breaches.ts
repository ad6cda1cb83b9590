import type { Effect, EffectCall, WorldCall } from './effect.ts';
import type { Grant, Grants } from './grant.ts';
import { tableMatches } from './match.ts';
import { changedColumns } from './net-changes.ts';

/** A read or a write outside the grants of who made it. */
export type GrantBreach = {
  /** Who did it, in which call and span. */
  call: EffectCall;
  table: string;
  /** What the principal may do; `null` where it has no grant at all. */
  grant: Grant | null;
} & (
  | { kind: 'read' }
  /** `columns`: those of an update that may not be changed; empty where the whole row was written. */
  | { kind: 'write'; effect: Effect; columns: string[] }
);

/** Everything in a trial that its grants do not cover, in the order of its calls. Requests to unknown hosts are no reads or writes. */
export function grantBreaches(
  grants: Grants,
  journal: readonly Effect[],
  calls: readonly WorldCall[],
): GrantBreach[] {
  const reads = calls.flatMap((call) =>
    unreadable(grants, call.principal, call.reads).map((table): GrantBreach => {
      return { kind: 'read', call, table, grant: grantOf(grants, call.principal) };
    }),
  );
  const writes = journal.flatMap((effect): GrantBreach[] => {
    const { call, table } = effect;
    const columns = unwritable(grants, call.principal, effect);
    if (columns === null) return [];
    return [{ kind: 'write', call, table, effect, columns, grant: grantOf(grants, call.principal) }];
  });
  return [...reads, ...writes].sort((a, b) => a.call.number - b.call.number);
}

/** Those of the tables that a principal may not read. */
export function unreadable(grants: Grants, principal: string, tables: readonly string[]): string[] {
  const { read } = grantOf(grants, principal) ?? NOTHING;
  return tables.filter((table) => !read.some((pattern) => tableMatches(pattern, table)));
}

/**
 * `null` where a principal may make this write; else the columns that it may not change, none for an insert or a
 * delete, which need the whole table.
 */
export function unwritable(
  grants: Grants,
  principal: string,
  write: Pick<Effect, 'operation' | 'table' | 'before' | 'after'>,
): string[] | null {
  const { operation, table } = write;
  const { write: patterns } = grantOf(grants, principal) ?? NOTHING;
  if (operation === 'egress' || patterns.some((pattern) => tableMatches(pattern, table))) return null;
  if (operation !== 'update') return [];
  const columns = changedColumns(write).filter((column) => !patterns.includes(`${table}.${column}`));
  return columns.length === 0 ? null : columns;
}

const NOTHING: Grant = { read: [], write: [] };

function grantOf({ principals }: Grants, principal: string): Grant | null {
  return Object.hasOwn(principals, principal) ? (principals[principal] ?? null) : null;
}
