import { useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { buildTree } from '../../../../domain/span-tree.ts';
import { spansOfStructure, type TraceStructure } from '../../../../domain/trace-structure.ts';
import type { Cursor } from '../../waterfall/move.ts';
import type { Collapsed } from '../../waterfall/outline.ts';
import { Waterfall } from '../../waterfall/waterfall.tsx';
import { SpanPanel } from './span-panel.tsx';

/** Waterfall and span panel side by side; the selected span is part of the address (`?span=`). */
export function TraceView({ structure }: { structure: TraceStructure }) {
  const rows = useMemo(() => buildTree(spansOfStructure(structure)), [structure]);
  const [search, setSearch] = useSearchParams();
  const asked = search.get('span');
  const [collapsed, setCollapsed] = useState<Collapsed>(new Set());
  const selected = asked ?? rows[0]?.span.spanId ?? null;
  const span = rows.find((row) => row.span.spanId === selected)?.span;
  const onMove = (next: Cursor) => {
    setCollapsed(next.collapsed);
    if (next.spanId !== null && next.spanId !== asked) setSearch({ span: next.spanId }, { replace: true });
  };
  const cursor: Cursor = { spanId: selected, collapsed };

  return (
    <div className="trace-view">
      <Waterfall rows={rows} cursor={cursor} onMove={onMove} />
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
  );
}
