import type { waitedFor } from '../../../../domain/critical-path.ts';
import type { SpanKind } from '../../../../domain/span-kind.ts';
import { KindIcon } from '../../ui/kind-icon.tsx';

const words: Record<SpanKind, string> = {
  agent: 'the agent itself',
  llm: 'models',
  tool: 'tools',
  retrieval: 'retrieval',
  guardrail: 'guardrails',
  human: 'people',
  step: 'steps themselves',
  other: 'other spans',
};

/** Below it a kind is not worth its place on the line. */
const smallest = 0.005;

/** What the trace waited for, along its critical path. */
export function WaitedFor({ waited }: { waited: ReturnType<typeof waitedFor> }) {
  const named = waited.filter(({ share }) => share >= smallest);
  if (named.length === 0) return null;
  return (
    <p className="waited-for" title="Along the critical path, which is underlined in the waterfall">
      <span className="muted">Waited for</span>{' '}
      {named.map(({ kind, share }) => (
        <span key={kind}>
          <KindIcon kind={kind} /> {words[kind]} <strong>{Math.round(share * 100)} %</strong>
        </span>
      ))}
    </p>
  );
}
