import { Link } from 'wouter';
import type { TraceId } from '../../../../domain/ids.ts';
import type { Finding, Score } from '../../../../domain/score.ts';
import { tracePath } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { shownText } from '../../ui/shown-text.ts';

type AxisFinding = { finding: Finding; axis: Score['axis'] };

/** All findings of the scores, each with the axis on which it counts. */
export function findingsOf(scores: readonly Score[]): AxisFinding[] {
  return scores.flatMap((score) =>
    score.kind === 'scored' ? score.findings.map((finding) => ({ finding, axis: score.axis })) : [],
  );
}

/** Whether the findings say all that the explanation does: then it need not stand above them. */
export function isTold(explanation: string, findings: readonly AxisFinding[]): boolean {
  const rest = findings.reduce((text, { finding }) => text.replace(finding.message, ''), explanation);
  return !/[\p{L}\p{N}]/u.test(rest);
}

/** Everything the scorers found wrong, each leading to the span that did it where one is known. */
export function Findings({ findings, traceId }: { findings: AxisFinding[]; traceId: TraceId | null }) {
  if (findings.length === 0) return null;
  return (
    <ul className="findings">
      {findings.map(({ finding, axis }) => (
        <li key={`${axis} ${finding.message} ${finding.spanId}`}>
          <Icon name="cross" className="fail" />
          <span>
            {shownText(finding.message)}{' '}
            {traceId && finding.spanId && <Link href={tracePath(traceId, finding.spanId)}>See the span</Link>}
          </span>
          <span className="muted">{axis}</span>
        </li>
      ))}
    </ul>
  );
}
