import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { TraceId } from '../../../../domain/ids.ts';
import type { LoopFinding } from '../../../../domain/loop.ts';
import { loopsOf, stepLimitsOf } from '../../../../domain/loop-verdict.ts';
import { describeFinding, describeWaste } from '../../../../domain/loop-wording.ts';
import { tracePath } from '../../paths.ts';
import { traceLoopsQuery } from '../../queries.ts';

/** The loops of a trace, each with what it wasted and a link to the span that began it; nothing where there are none. */
export function TraceLoopList({ traceId, spans }: { traceId: TraceId; spans: number }) {
  const { data } = useQuery(traceLoopsQuery(traceId, spans));
  const loops = data?.report ? named([...loopsOf(data.report), ...stepLimitsOf(data.report)]) : [];
  if (loops.length === 0) return null;
  return (
    <section aria-label="Loops">
      <ul className="facts">
        {loops.map((loop) => (
          <li key={`${loop.kind} ${loop.spanId}`}>
            <Link href={tracePath(traceId, loop.spanId)} className="warn">
              {describeFinding(loop)}
            </Link>{' '}
            <span className="muted">wasted {describeWaste(loop.wasted)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A stretch says nothing beside the cycles it is made of. */
function named(loops: readonly LoopFinding[]): readonly LoopFinding[] {
  const patterns = loops.filter(({ kind }) => kind !== 'stretch');
  return (patterns.length > 0 ? patterns : loops).slice(0, 5);
}
