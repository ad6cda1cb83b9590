import { memo } from 'react';
import type { CostShare } from '../../../domain/cost-shares.ts';
import type { CriticalStretch } from '../../../domain/critical-path.ts';
import { formatCost, formatCount, formatDuration } from '../../../domain/format.ts';
import type { TreeRow } from '../../../domain/span-tree.ts';
import { tokensOf } from '../../../domain/tokens-of.ts';
import type { StructureSpan } from '../../../domain/trace-structure.ts';
import { Icon } from '../ui/icon.tsx';
import { KindIcon } from '../ui/kind-icon.tsx';
import { shownLabel, shownText } from '../ui/shown-text.ts';
import { CostBar } from './cost-bar.tsx';
import { criticalMarks } from './critical-marks.ts';
import { barOf, isOnAxis, labelPlace, type TimeAxis } from './time-axis.ts';

type SpanRowProps = {
  row: TreeRow<StructureSpan>;
  axis: TimeAxis;
  /** When the trace waited for this span itself. */
  critical: readonly CriticalStretch[];
  /** Words for the loop that begins here. */
  loop: string | null;
  /** What people noted here. */
  pinned: string | null;
  /** It holds what is searched for. */
  found: boolean;
  /** Its part of the cost; `undefined` where bars tell time. */
  cost: CostShare | null | undefined;
  /** Among the visible rows, from 0. */
  index: number;
  /** Pixels from the top of the rows. */
  top: number;
  selected: boolean;
  /** The one row that the tab key reaches. */
  tabStop: boolean;
  open: boolean;
};

/** The width that a bar always has (waterfall.css), so it may not begin closer than that to the end. */
const narrowestPixels = 4;
const indentPixels = 14;
/** Beyond it the indent stands still: deep traces keep their names on the screen. */
const deepestIndent = 12;

/** Drawn again only where it changed: a row that merely moves with the others costs nothing. The waterfall hears for all. */
export const SpanRow = memo(function SpanRow({
  row,
  axis,
  critical,
  loop,
  pinned,
  found,
  cost,
  index,
  top,
  selected,
  tabStop,
  open,
}: SpanRowProps) {
  const { span } = row;
  const name = shownLabel(span.name) || 'unnamed';
  const failed = span.status === 'error';
  const tokens = span.usage && tokensOf(span.usage);
  return (
    <tr
      className={`span-row${failed ? ' failed' : ''}${found ? ' found' : ''}`}
      aria-level={row.depth + 1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-expanded={row.children > 0 ? open : undefined}
      tabIndex={tabStop ? 0 : -1}
      data-span={span.spanId}
      style={{ transform: `translateY(${top}px)` }}
    >
      <td className="span-name" style={{ paddingLeft: Math.min(row.depth, deepestIndent) * indentPixels }}>
        {row.children > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            className={open ? 'twist open' : 'twist'}
            aria-label={open ? 'Collapse' : 'Expand'}
          >
            <Icon name="chevron" />
          </button>
        ) : (
          <span className="twist" />
        )}
        <KindIcon kind={span.kind} />
        <bdi className="span-label" title={name}>
          {name}
        </bdi>
        {row.orphan && <span className="tag">parent not received</span>}
        {loop !== null && <span className="tag warn">{loop}</span>}
        {pinned !== null && (
          <span className="tag" title={shownText(pinned)}>
            <Icon name="person" className="kind-human" /> pinned
          </span>
        )}
        {failed && (
          <span className="fail span-error">
            <Icon name="warning" /> error
          </span>
        )}
      </td>
      <td className="muted">{span.kind}</td>
      <td className="number">{tokens === null ? '' : formatCount(tokens)}</td>
      <td className="number">{span.counted ? formatCost(span.cost) : ''}</td>
      <td className="span-time">
        {cost === undefined ? (
          <SpanBar span={span} axis={axis} critical={critical} />
        ) : (
          <CostBar share={cost} />
        )}
      </td>
    </tr>
  );
});

/** The duration stands after the bar, before it where no room is left there, else inside. */
function SpanBar({
  span,
  axis,
  critical,
}: {
  span: StructureSpan;
  axis: TimeAxis;
  critical: readonly CriticalStretch[];
}) {
  if (!isOnAxis(span, axis)) return null;
  const { left, width } = barOf(span, axis);
  const place = labelPlace({ left, width });
  const duration = formatDuration(span.duration);
  return (
    <>
      <span
        className={`bar bar-${span.kind}`}
        style={{ left: `min(${percent(left)}, 100% - ${narrowestPixels}px)`, width: percent(width) }}
      >
        {place === 'inside' && <span className="bar-duration">{duration}</span>}
      </span>
      {criticalMarks(critical, axis).map((mark) => (
        <span
          key={mark.left}
          className="critical"
          style={{ left: percent(mark.left), width: percent(mark.width) }}
        />
      ))}
      {place !== 'inside' && (
        <span
          className="bar-duration"
          style={place === 'before' ? { right: percent(1 - left) } : { left: percent(left + width) }}
        >
          {duration}
        </span>
      )}
    </>
  );
}

function percent(share: number): string {
  return `${share * 100}%`;
}
