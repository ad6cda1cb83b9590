import { Link } from 'wouter';
import { describeWaste } from '../../../../domain/loop-wording.ts';
import type { TraceLoops } from '../../../../domain/trace-loops.ts';
import { tracePath } from '../../paths.ts';

const UNKNOWN = {
  'not captured': 'Not known: what the tools were given and brought was not captured',
  'too large': 'Not known: the trace is too large to be judged whole',
  'not judged': 'Not known yet: there was no time to judge the trace',
} as const;

/** The longest loop of a trace. Not known is a dash, never a nothing. */
export function LoopsCell({ traceId, loops }: { traceId: string; loops: TraceLoops }) {
  if (loops.kind === 'none') return null;
  if (loops.kind === 'unknown') {
    return (
      <span className="muted" role="img" aria-label={UNKNOWN[loops.reason]} title={UNKNOWN[loops.reason]}>
        –
      </span>
    );
  }
  const { by, what, often, count, spanId, wasted } = loops;
  const more = count > 1 ? `, and ${count - 1} more` : '';
  const told = often === '' ? what : `${what}, ${often}, wasting ${describeWaste(wasted)}`;
  const title = `${by}: ${told}${more}`;
  return (
    <Link href={tracePath(traceId, spanId)} className="row-link" title={title}>
      {by === 'limit' ? 'step limit' : `${often} ${what}`}
    </Link>
  );
}
