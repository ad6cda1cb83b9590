import { useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { costShares } from '../../../../domain/cost-shares.ts';
import { criticalPath, waitedFor } from '../../../../domain/critical-path.ts';
import { buildTree, type TreeRow } from '../../../../domain/span-tree.ts';
import {
  type StructureSpan,
  spansOfStructure,
  type TraceStructure,
} from '../../../../domain/trace-structure.ts';
import { GraphView } from '../../graph/graph-view.tsx';
import type { Cursor } from '../../waterfall/move.ts';
import type { Collapsed } from '../../waterfall/outline.ts';
import { Waterfall } from '../../waterfall/waterfall.tsx';
import { CommandList, useCommandsOf } from './command-list.tsx';
import { PinList, usePinMarks, usePins } from './pins.tsx';
import { spanAt } from './span-at.ts';
import { SpanPanel } from './span-panel.tsx';
import { TraceSearch, useFound } from './trace-search.tsx';
import { Transcript } from './transcript.tsx';
import { useLoopMarks } from './use-loop-marks.ts';
import { BarChoice, readView, ViewChoice } from './view-choice.tsx';
import { WaitedFor } from './waited-for.tsx';

const none: readonly TreeRow<StructureSpan>[] = [];

/** One view of the trace beside the panel of a span; view and span are part of the address (`?view=`, `?span=`, `?bars=`, `?find=`). */
export function TraceView({ structure }: { structure: TraceStructure }) {
  const rows = useMemo(() => buildTree(spansOfStructure(structure)), [structure]);
  // The rows first: what is found out about them all may come a moment later.
  const settled = useDeferredValue(rows, none);
  const critical = useMemo(() => criticalPath(settled), [settled]);
  const waited = useMemo(() => waitedFor(settled, critical), [settled, critical]);
  const loops = useLoopMarks(structure.traceId, structure.total);
  const [search, setSearch] = useSearchParams();
  const asked = search.get('span');
  const view = readView(search);
  const byCost = search.get('bars') === 'cost';
  const costs = useMemo(() => (byCost ? costShares(rows) : null), [byCost, rows]);
  const pins = usePins(structure.traceId);
  const pinMarks = usePinMarks(pins);
  const commands = useCommandsOf(structure.traceId, structure.total);
  const commandMoments = useMemo(() => commands.map(({ at }) => at), [commands]);
  const text = search.get('find') ?? '';
  const found = useFound(structure.traceId, rows, text);
  const foundIds = useMemo(() => new Set(found.spanIds), [found.spanIds]);
  const [collapsed, setCollapsed] = useState<Collapsed>(new Set());
  const selected = asked ?? rows[0]?.span.spanId ?? null;
  const span = rows.find((row) => row.span.spanId === selected)?.span;
  const change = (key: string, value: string | null) =>
    setSearch((before) => changed(before, key, value), { replace: true });
  const select = (spanId: string) => {
    if (spanId === asked) return;
    change('span', spanId);
  };
  /** Where a span may be hidden in one that is collapsed. */
  const show = (spanId: string) => {
    setCollapsed(new Set());
    select(spanId);
  };
  const onMove = (next: Cursor) => {
    setCollapsed(next.collapsed);
    if (next.spanId !== null) select(next.spanId);
  };

  return (
    <>
      <div className="trace-bar">
        <ViewChoice view={view} onChoose={(next) => change('view', next)} />
        {view === 'waterfall' && (
          <BarChoice byCost={byCost} onChoose={(cost) => change('bars', cost ? 'cost' : null)} />
        )}
        <TraceSearch
          text={text}
          found={found}
          selected={selected}
          onText={(next) => change('find', next || null)}
          onSelect={show}
        />
        <WaitedFor waited={waited} />
      </div>
      <PinList pins={pins} onSelect={show} />
      <CommandList
        commands={commands}
        traceStart={structure.start}
        onSelect={(at) => {
          const then = spanAt(
            rows.map((row) => row.span),
            at,
          );
          if (then) show(then.spanId);
        }}
      />
      <div className="trace-view">
        {view === 'waterfall' && (
          <Waterfall
            rows={rows}
            critical={critical}
            loops={loops}
            pins={pinMarks}
            moments={commandMoments}
            found={foundIds}
            costs={costs}
            cursor={{ spanId: selected, collapsed }}
            onMove={onMove}
          />
        )}
        {view === 'graph' && <GraphView rows={rows} selected={selected} onSelect={select} />}
        {view === 'transcript' && (
          <Transcript
            traceId={structure.traceId}
            rows={rows}
            pins={pins}
            commands={commands}
            traceStart={structure.start}
            onSelect={select}
          />
        )}
        {span ? (
          <SpanPanel key={span.spanId} traceId={structure.traceId} span={span} traceStart={structure.start} />
        ) : (
          <aside className="span-panel" aria-label="Span">
            <p className="state">
              {asked
                ? `Span ${asked} is not among the spans shown: it may not have arrived.`
                : 'No span is selected.'}
            </p>
          </aside>
        )}
      </div>
    </>
  );
}

function changed(search: URLSearchParams, key: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === null) next.delete(key);
  else next.set(key, value);
  return next;
}
