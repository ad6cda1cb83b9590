import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { formatCount, formatDuration } from '../../../../domain/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { SetUp } from '../../ui/set-up.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useNow } from '../../ui/use-now.ts';
import { FiringNotice } from '../alerts/alerts-page.tsx';
import { ControlSection } from './control-section.tsx';
import { LiveBar } from './live-bar.tsx';
import { liveFiltersOf, livePath, passes } from './live-filters.ts';
import { inOrder, type LiveRow, type LiveRows, mostRows, stateOf } from './live-rows.ts';
import { LiveTable } from './live-table.tsx';
import { type Gap, useLive } from './use-live.ts';

/** What are agents doing now? */
export function LivePage() {
  const filters = liveFiltersOf(new URLSearchParams(useSearch()));
  const [, navigate] = useLocation();
  const { rows: current, stream, gap, error, dismissGap } = useLive();
  /** What is shown while the view is paused. */
  const [frozen, setFrozen] = useState<{ rows: LiveRows; at: number } | null>(null);
  const now = useNow();
  const rows = frozen?.rows ?? current;
  // What nobody tells of any more is shown as it was known last.
  const at = frozen?.at ?? (stream.kind === 'broken' ? stream.since : now);
  const all = rows === null ? [] : inOrder(rows.rows.values(), at);
  const shown = all.filter((row) => passes(row, stateOf(row, at), filters));
  const working = all.filter((row) => stateOf(row, at) === 'under way').length;
  const pause = () => setFrozen(frozen || !current ? null : { rows: current, at: Date.now() });

  return (
    <Page title={`${working} under way: Live`} heading="Live" actions={<FiringNotice />}>
      <LiveBar
        filters={filters}
        onChange={(part) => navigate(livePath({ ...filters, ...part }), { replace: true })}
        stream={stream}
        now={now}
        paused={frozen !== null}
        news={frozen && current ? newsSince(frozen.rows, current) : 0}
        onPause={pause}
      />
      {gap && <GapNotice gap={gap} onDismiss={dismissGap} />}
      <ControlSection agent={filters.agent} />
      {error && rows === null ? (
        <Failure error={error} onRetry={() => location.reload()} />
      ) : rows === null ? (
        <Loading what="what agents do" />
      ) : all.length === 0 ? (
        <Empty title="No agent has sent anything in the last 15 minutes">
          <SetUp />
          <p>
            What comes shows here by itself. Older traces are in the <Link href="/traces">list</Link>.
          </p>
        </Empty>
      ) : shown.length === 0 ? (
        <Empty title={`No results: none of ${formatCount(all.length)} traces matches these filters`}>
          <p>
            <Link href="/live">Clear the filters</Link>
          </p>
        </Empty>
      ) : (
        <div className={stream.kind === 'broken' ? 'stale' : undefined}>
          <LiveTable rows={shown} now={at} />
        </div>
      )}
      {error && rows !== null && (
        <p className="notice" role="status">
          <Icon name="warning" className="warn" /> These figures could not be read anew: {error.message}.
          Trying again.
        </p>
      )}
      {rows !== null && rows.missed > 0 && (
        <p className="muted">
          {formatCount(rows.missed)} more traces of the last 15 minutes are not shown: this page holds{' '}
          {mostRows}. All are in the <Link href="/traces?range=1h">list</Link>.
        </p>
      )}
    </Page>
  );
}

/** Traces that have come, or of which something came, since. */
function newsSince(before: LiveRows, { rows }: LiveRows): number {
  const changed = (row: LiveRow) => {
    const old = before.rows.get(row.trace.traceId);
    return old === undefined || old.heard !== row.heard || old.trace.spans !== row.trace.spans;
  };
  return [...rows.values()].filter(changed).length;
}

function GapNotice({ gap, onDismiss }: { gap: Gap; onDismiss: () => void }) {
  return (
    <p className="notice" role="status">
      <Icon name="warning" className="warn" /> The connection was broken for{' '}
      {formatDuration(gap.millis * 1000)}.{' '}
      {gap.traces === 0
        ? 'No trace began meanwhile.'
        : `${formatCount(gap.traces)} ${gap.traces === 1 ? 'trace' : 'traces'} began meanwhile and were not shown as they came.`}{' '}
      <button type="button" className="quiet" onClick={onDismiss}>
        Dismiss
      </button>
    </p>
  );
}
