import { COST_DIMENSIONS, type CostDimension, type CostRow, type WastedCost } from './cost-row.ts';
import { type Countable, countedCalls } from './counted-calls.ts';
import type { SpanKind } from './span-kind.ts';
import { type NanoUsd, nanoUsd } from './units.ts';

/** A span as far as cost goes. */
export type WorkSpan = Countable & {
  name: string;
  kind: SpanKind;
  failed: boolean;
  /** `null` where it is unpriced. */
  cost: NanoUsd | null;
  agent: string | null;
  agentVersion: string | null;
  model: string | null;
  tool: string | null;
};

export type WorkCost = { cost: NanoUsd; unpricedCalls: number; wasted: WastedCost; rows: CostRow[] };

/**
 * What the work of one trace cost, by model, role, tool, agent and version, and what of it was wasted. Only the calls
 * that count do (see `countedCalls`).
 *
 * A call's role is the step or the agent that it was made in, whichever is nearer; its tool the one it was made in, if
 * any. A trace fails with its root, and is then wasted as a whole.
 *
 * @param loops what steps without progress cost, as the loop detector found; `null` where it is not known.
 */
export function costOfWork(spans: readonly WorkSpan[], loops: NanoUsd | null): WorkCost {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const counted = countedCalls(spans);
  const rows = new Map<string, CostRow>();
  let [cost, unpricedCalls, failedCalls] = [0, 0, 0];
  for (const span of spans) {
    if (!counted.has(span.spanId)) continue;
    cost += span.cost ?? 0;
    if (span.cost === null) unpricedCalls++;
    if (span.failed) failedCalls += span.cost ?? 0;
    addCall(rows, placeOf(span, pathOf(span, byId)), span.cost);
  }
  const failed = spans.some(({ failed, parentSpanId }) => failed && parentSpanId === null);
  const inLoops = failed ? 0 : Math.min(loops ?? 0, cost);
  const inRetries = failed ? 0 : Math.min(failedCalls, cost - inLoops);
  const wasted = {
    failures: nanoUsd(failed ? cost : 0),
    loops: nanoUsd(inLoops),
    retries: nanoUsd(inRetries),
  };
  return { cost: nanoUsd(cost), unpricedCalls, wasted, rows: [...rows.values()] };
}

/** Rows of several traces, those that are alike put together; the dearest first. */
export function mergeCostRows(lists: Iterable<readonly CostRow[]>): CostRow[] {
  const merged = new Map<string, CostRow>();
  for (const rows of lists) {
    for (const row of rows) {
      const known = rowAt(merged, row);
      known.calls += row.calls;
      known.cost = nanoUsd(known.cost + row.cost);
      known.unpricedCalls += row.unpricedCalls;
    }
  }
  return [...merged.values()].sort((left, right) => right.cost - left.cost);
}

type Place = Record<CostDimension, string | null>;

function addCall(rows: Map<string, CostRow>, place: Place, cost: NanoUsd | null): void {
  const row = rowAt(rows, place);
  row.calls++;
  row.cost = nanoUsd(row.cost + (cost ?? 0));
  if (cost === null) row.unpricedCalls++;
}

function rowAt(rows: Map<string, CostRow>, place: Place): CostRow {
  const key = JSON.stringify(COST_DIMENSIONS.map((name) => place[name]));
  const known = rows.get(key);
  if (known) return known;
  const { model, role, tool, agent, agentVersion } = place;
  const row = { model, role, tool, agent, agentVersion, calls: 0, cost: nanoUsd(0), unpricedCalls: 0 };
  rows.set(key, row);
  return row;
}

function placeOf(call: WorkSpan, path: readonly WorkSpan[]): Place {
  const nearest = path.find(({ kind }) => kind === 'step' || kind === 'agent');
  const first = (of: (span: WorkSpan) => string | null) => path.map(of).find((text) => text !== null) ?? null;
  return {
    model: call.model,
    role: nearest ? (nearest.kind === 'step' ? nearest.name : (nearest.agent ?? nearest.name)) : null,
    tool: path.find(({ kind }) => kind === 'tool')?.tool ?? null,
    agent: first(({ agent }) => agent),
    agentVersion: first(({ agentVersion }) => agentVersion),
  };
}

/** From the span up to its root; a cycle of parents is cut where it closes. */
function pathOf(span: WorkSpan, byId: ReadonlyMap<string, WorkSpan>): WorkSpan[] {
  const path = new Set<WorkSpan>();
  let next: WorkSpan | undefined = span;
  while (next !== undefined && !path.has(next)) {
    path.add(next);
    next = next.parentSpanId === null ? undefined : byId.get(next.parentSpanId);
  }
  return [...path];
}
