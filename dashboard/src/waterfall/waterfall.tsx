import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { CostShare } from '../../../domain/cost-shares.ts';
import type { CriticalStretch } from '../../../domain/critical-path.ts';
import { formatDuration } from '../../../domain/format.ts';
import type { TreeRow } from '../../../domain/span-tree.ts';
import type { StructureSpan } from '../../../domain/trace-structure.ts';
import { Minimap } from './minimap.tsx';
import { momentLines } from './moment-lines.ts';
import { type Cursor, move } from './move.ts';
import { visibleRows, withToggled } from './outline.ts';
import { SpanRow } from './span-row.tsx';
import { type TimeAxis, ticks, timeAxis } from './time-axis.ts';
import { useRowHeight } from './use-row-height.ts';
import { zoom } from './zoom.ts';

type WaterfallProps = {
  /** The whole trace, in order. */
  rows: readonly TreeRow<StructureSpan>[];
  /** What the trace waited for: outlined. */
  critical: readonly CriticalStretch[];
  /** Words for the spans that begin a loop, by id. */
  loops: ReadonlyMap<string, string>;
  /** What people noted on spans, by id. */
  pins: ReadonlyMap<string, string>;
  /** When somebody stepped in, in microseconds since the epoch. */
  moments: readonly number[];
  /** The spans that hold what is searched for. */
  found: ReadonlySet<string>;
  /** By id, where bars tell cost; `null` where they tell time. */
  costs: ReadonlyMap<string, CostShare> | null;
  cursor: Cursor;
  onMove: (cursor: Cursor) => void;
};

const mostTicks = 6;
const overscan = 6;
const none: readonly CriticalStretch[] = [];

/** Round moments since the start of the trace that lie on the axis. */
function ticksOnAxis(axis: TimeAxis, whole: TimeAxis): { tick: number; left: number }[] {
  const from = axis.start - whole.start;
  const [, step = axis.duration] = ticks(axis.duration, mostTicks);
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: mostTicks }, (_, index) => first + index * step)
    .map((tick) => ({ tick, left: (tick - from) / axis.duration }))
    .filter(({ left }) => left <= 1);
}

/** Spans over time: a treegrid of which only the rows on the screen are mounted. */
export function Waterfall({
  rows: all,
  critical,
  loops,
  pins,
  moments,
  found,
  costs,
  cursor,
  onMove,
}: WaterfallProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const rows = useMemo(() => visibleRows(all, cursor.collapsed), [all, cursor.collapsed]);
  const whole = useMemo(() => timeAxis(all.map((row) => row.span)), [all]);
  const [view, setView] = useState<TimeAxis | null>(null);
  const axis = view ?? whole;
  const stretches = useMemo(() => Map.groupBy(critical, ({ spanId }) => spanId), [critical]);
  const active = rows.findIndex((row) => row.span.spanId === cursor.spanId);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
  });

  useEffect(() => {
    if (active >= 0) virtualizer.scrollToIndex(active);
  }, [active, virtualizer]);

  const focusAfterMove = useRef(false);
  useEffect(() => {
    if (!focusAfterMove.current) return;
    const row = scroller.current?.querySelector<HTMLElement>('tbody tr[tabindex="0"]');
    if (!row || row.dataset.span !== cursor.spanId) return;
    focusAfterMove.current = false;
    row.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const seen = zoom(axis, whole, event.key, rows[active]?.span ?? null);
    if (seen) {
      event.preventDefault();
      setView(seen === whole ? null : seen);
      return;
    }
    const next = move(all, cursor, event.key);
    if (!next) return;
    event.preventDefault();
    focusAfterMove.current = true;
    onMove(next);
  };

  const onClick = ({ target }: MouseEvent) => {
    const element = target instanceof Element ? target : null;
    const spanId = element?.closest<HTMLElement>('[data-span]')?.dataset.span;
    if (spanId === undefined) return;
    const toggles = element?.closest('button.twist') != null;
    onMove({ spanId, collapsed: toggles ? withToggled(cursor.collapsed, spanId) : cursor.collapsed });
  };

  return (
    <div className="waterfall-pane">
      <Minimap rows={all} whole={whole} view={axis} onView={setView} />
      <div className="waterfall" ref={scroller}>
        <table
          role="treegrid"
          aria-label="Spans"
          aria-rowcount={rows.length + 1}
          style={{ '--moment-lines': costs === null ? momentLines(moments, axis) : 'none' } as CSSProperties}
        >
          <thead>
            <tr className="waterfall-head" aria-rowindex={1}>
              <th scope="col">Span</th>
              <th scope="col">Kind</th>
              <th scope="col" className="number">
                Tokens
              </th>
              <th scope="col" className="number">
                Cost
              </th>
              {costs === null ? (
                <th scope="col" className="waterfall-axis" aria-label="Time">
                  {ticksOnAxis(axis, whole).map(({ tick, left }) => (
                    <span key={tick} style={{ left: `${left * 100}%` }}>
                      {tick === 0 ? '0' : formatDuration(tick)}
                    </span>
                  ))}
                </th>
              ) : (
                <th scope="col">Cost with all below, of the trace</th>
              )}
            </tr>
          </thead>
          <tbody style={{ height: virtualizer.getTotalSize() }} onClick={onClick} onKeyDown={onKeyDown}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const row = rows[index];
              if (!row) return null;
              const { spanId } = row.span;
              return (
                <SpanRow
                  key={spanId}
                  row={row}
                  axis={axis}
                  critical={stretches.get(spanId) ?? none}
                  loop={loops.get(spanId) ?? null}
                  pinned={pins.get(spanId) ?? null}
                  found={found.has(spanId)}
                  cost={costs === null ? undefined : (costs.get(spanId) ?? null)}
                  index={index}
                  top={start}
                  selected={index === active}
                  tabStop={index === Math.max(0, active)}
                  open={!cursor.collapsed.has(spanId)}
                />
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
