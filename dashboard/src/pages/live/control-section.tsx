import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { tracePath } from '../../paths.ts';
import { Failure } from '../../ui/states.tsx';
import { AgentControl } from './agent-control.tsx';
import { controlQuery } from './control-query.ts';

const mostCommands = 5;

/** The agents that can be commanded, with what was asked of them. Nothing where none has connected. */
export function ControlSection({ agent: part }: { agent: string | null }) {
  const { data, error, refetch } = useQuery(controlQuery);
  const agents = (data?.agents ?? []).filter(
    ({ agent }) => part === null || agent.toLowerCase().includes(part.toLowerCase()),
  );
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (agents.length === 0) return null;
  return (
    <section aria-label="Agents that listen">
      <h2>Agents that listen</h2>
      <ul className="controlled">
        {agents.map((agent) => (
          <li key={agent.session}>
            <AgentControl
              agent={agent}
              way={agent.traceId && <Link href={tracePath(agent.traceId)}>Trace</Link>}
              most={mostCommands}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
