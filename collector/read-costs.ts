import { costOfWork, mergeCostRows, type WorkCost } from '../domain/cost-of-work.ts';
import type { WastedCost } from '../domain/cost-row.ts';
import type { TraceId } from '../domain/ids.ts';
import type { CostPoint, OutcomeCosts } from '../domain/outcome-report.ts';
import { troublesOf } from '../domain/trace-loops.ts';
import { micros, type NanoUsd, nanoUsd } from '../domain/units.ts';
import { type JudgeDeps, judgeTraces } from './loops/judge-traces.ts';
import type { JudgedTrace } from './queries/loop-states.ts';
import { type OutcomeTraceRow, outcomeTraces } from './queries/outcome-traces.ts';
import { workSpans } from './queries/work-spans.ts';
import { stepParams } from './read-outcomes.ts';
import type { OutcomeRequest } from './reads.ts';

/** Of more traces the newest are read. */
const mostTraces = 20_000;
const tracesAtOnce = 2000;
/** For judging traces that have not been judged before, of all together. */
const judgeMilliseconds = 6000;
const mostWasteful = 100;

const NO_WASTE: WastedCost = { failures: nanoUsd(0), loops: nanoUsd(0), retries: nanoUsd(0) };

/** What the messages of a window cost: the work of the traces in which they were written, each trace once. */
export async function readCosts(deps: JudgeDeps, request: OutcomeRequest): Promise<OutcomeCosts> {
  const { store, project } = deps;
  const params = stepParams(deps, request, mostTraces);
  const traces = await store.rows(outcomeTraces, params, { seconds: 30 });
  const deadline = deps.elapsed() + judgeMilliseconds;
  const works = new Map<TraceId, WorkCost>();
  let unjudged = 0;
  for (let first = 0; first < traces.length; first += tracesAtOnce) {
    const traceIds = traces.slice(first, first + tracesAtOnce).map(({ trace }) => trace);
    const spans = await store.rows(workSpans, { project, traceIds }, { seconds: 30 });
    const judged = await judgeTraces(deps, traceIds, Math.max(0, deadline - deps.elapsed()));
    for (const [traceId, members] of Map.groupBy(spans, (span) => span.traceId)) {
      const verdict = judged.get(traceId) ?? null;
      if (verdict === null) unjudged++;
      works.set(traceId, costOfWork(members, loopCost(verdict)));
    }
  }
  const startOf = (place: number) => micros((params.from + place * params.step) * 1e6);
  return {
    points: pointsOf(traces, works, startOf),
    rows: mergeCostRows([...works.values()].map(({ rows }) => rows)),
    wasteful: [...works]
      .map(([traceId, { wasted }]) => ({ traceId, wasted }))
      .filter(({ wasted }) => sumOf(wasted) > 0)
      .sort((left, right) => sumOf(right.wasted) - sumOf(left.wasted))
      .slice(0, mostWasteful),
    traces: { read: traces.length, named: traces[0]?.total ?? 0, missing: traces.length - works.size },
    unjudged,
  };
}

/** What steps without progress cost. Loops of one trace overlap: the dearest of them stands for all. */
function loopCost(judged: JudgedTrace | null): NanoUsd | null {
  if (judged === null) return null;
  return nanoUsd(Math.max(0, ...troublesOf(judged.report).map(({ wasted }) => wasted.cost ?? 0)));
}

function sumOf({ failures, loops, retries }: WastedCost): number {
  return failures + loops + retries;
}

function pointsOf(
  traces: readonly OutcomeTraceRow[],
  works: ReadonlyMap<TraceId, WorkCost>,
  startOf: (place: number) => CostPoint['start'],
): CostPoint[] {
  const points = new Map<string, CostPoint>();
  for (const row of traces) {
    const work = works.get(row.trace);
    // What the trace cost nobody knows: its messages would make the others look cheaper.
    if (!work) continue;
    const key = `${row.place} ${row.maturing} ${row.value}`;
    const point = points.get(key) ?? emptyPoint(startOf(row.place), row.value || null, row.maturing === 1);
    points.set(key, {
      ...point,
      traces: point.traces + 1,
      messages: point.messages + row.sent_messages,
      replied: point.replied + row.replied_messages,
      positive: point.positive + row.positive_messages,
      meetings: point.meetings + row.met_messages,
      cost: nanoUsd(point.cost + work.cost),
      unpricedCalls: point.unpricedCalls + work.unpricedCalls,
      wasted: addWaste(point.wasted, work.wasted),
    });
  }
  return [...points.values()].sort((left, right) => left.start - right.start);
}

function emptyPoint(start: CostPoint['start'], value: string | null, maturing: boolean): CostPoint {
  const counts = { traces: 0, messages: 0, replied: 0, positive: 0, meetings: 0, unpricedCalls: 0 };
  return { start, value, maturing, ...counts, cost: nanoUsd(0), wasted: NO_WASTE };
}

function addWaste(left: WastedCost, right: WastedCost): WastedCost {
  return {
    failures: nanoUsd(left.failures + right.failures),
    loops: nanoUsd(left.loops + right.loops),
    retries: nanoUsd(left.retries + right.retries),
  };
}
