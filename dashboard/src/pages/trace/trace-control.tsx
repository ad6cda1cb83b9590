import { useQuery } from '@tanstack/react-query';
import type { TraceId } from '../../../../domain/ids.ts';
import { AgentControl } from '../live/agent-control.tsx';
import { controlQuery } from '../live/control-query.ts';

/** Who watches a trace being written may step in here; nothing where its agent does not listen. */
export function TraceControl({ traceId }: { traceId: TraceId }) {
  const { data } = useQuery(controlQuery);
  const agent = data?.agents.find((one) => one.traceId === traceId && one.connection !== 'over');
  if (!agent) return null;
  return (
    <section className="trace-control" aria-label="The agent at work">
      <AgentControl agent={agent} most={1} />
    </section>
  );
}
