import { useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
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
import { SpanPanel } from './span-panel.tsx';
import { Transcript } from './transcript.tsx';
import { useLoopMarks } from './use-loop-marks.ts';
import { readView, ViewChoice } from './view-choice.tsx';
import { WaitedFor } from './waited-for.tsx';

const none: readonly TreeRow<StructureSpan>[] = [];

/** One view of the trace beside the panel of a span; view and span are part of the address (`?view=`, `?span=`). */
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
  const [collapsed, setCollapsed] = useState<Collapsed>(new Set());
  const selected = asked ?? rows[0]?.span.spanId ?? null;
  const span = rows.find((row) => row.span.spanId === selected)?.span;
  const select = (spanId: string) => {
    if (spanId === asked) return;
    setSearch((before) => changed(before, 'span', spanId), { replace: true });
  };
  const onMove = (next: Cursor) => {
    setCollapsed(next.collapsed);
    if (next.spanId !== null) select(next.spanId);
  };

  return (
    <>
      <div className="trace-bar">
        <ViewChoice
          view={view}
          onChoose={(next) => setSearch((before) => changed(before, 'view', next), { replace: true })}
        />
        <WaitedFor waited={waited} />
      </div>
      <div className="trace-view">
        {view === 'waterfall' && (
          <Waterfall
            rows={rows}
            critical={critical}
            loops={loops}
            cursor={{ spanId: selected, collapsed }}
            onMove={onMove}
          />
        )}
        {view === 'graph' && <GraphView rows={rows} selected={selected} onSelect={select} />}
        {view === 'transcript' && <Transcript traceId={structure.traceId} rows={rows} onSelect={select} />}
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

function changed(search: URLSearchParams, key: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.set(key, value);
  return next;
}
