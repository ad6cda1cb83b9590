import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { counted } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import { trialPath } from '../../paths.ts';
import { traceQuery } from '../../queries.ts';
import { Page } from '../../ui/page.tsx';
import { shownLabel } from '../../ui/shown-text.ts';
import { Failure, Loading } from '../../ui/states.tsx';
import { TraceControl } from './trace-control.tsx';
import { TraceFacts } from './trace-facts.tsx';
import { TraceLoopList } from './trace-loops.tsx';
import { TraceView } from './trace-view.tsx';

/** Where did time and money go, and where did it break? */
export function TracePage({ traceId }: { traceId: TraceId }) {
  const { data, error, refetch } = useQuery(traceQuery(traceId));
  const errors = data?.trace.errors ?? 0;
  const trialId = data?.trace.trialId ?? null;
  return (
    <Page
      fixed
      title={
        data ? `${data.trace.name}${errors > 0 ? `: ${counted(errors, 'error')}` : ''}` : `Trace ${traceId}`
      }
      crumbs={[
        { label: 'Traces', href: '/traces' },
        ...(trialId ? [{ label: 'Trial', href: trialPath(trialId) }] : []),
      ]}
      heading={<bdi>{shownLabel(data?.trace.name ?? '') || 'Trace'}</bdi>}
      actions={
        trialId && (
          <Link href={trialPath(trialId)} className="button">
            Its trial
          </Link>
        )
      }
    >
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the trace" />
      ) : (
        <>
          <TraceFacts trace={data.trace} shown={data.structure.spanId.length} total={data.structure.total} />
          {!data.trace.rootReceived && <TraceControl traceId={traceId} />}
          <TraceLoopList traceId={traceId} spans={data.structure.total} />
          <TraceView structure={data.structure} />
        </>
      )}
    </Page>
  );
}
