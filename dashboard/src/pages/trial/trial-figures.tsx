import { formatCost, formatCount, formatDuration } from '../../../../domain/format.ts';
import type { Run } from '../../../../domain/run.ts';
import { tokensOf } from '../../../../domain/tokens-of.ts';
import type { Trial } from '../../../../domain/trial.ts';
import { Figure, Figures } from '../../ui/figure.tsx';
import { Name } from '../../ui/name.tsx';
import { shownLabel } from '../../ui/shown-text.ts';

/** What the trial took. What is not known says so. */
export function TrialFigures({
  trial: { figures, seed, traceId, traceComplete },
  run,
}: {
  trial: Trial;
  run: Run;
}) {
  const tokens = figures.usage === null ? null : tokensOf(figures.usage);
  return (
    <Figures>
      <Figure
        name="Time"
        value={formatDuration(figures.virtualDuration)}
        note={`in the world; ${formatDuration(figures.duration)} on the clock`}
      />
      <Figure name="Model calls" value={countOrUnknown(figures.modelCalls)} note={modelWords(run)} />
      <Figure name="Tool calls" value={countOrUnknown(figures.toolCalls)} />
      <Figure name="Tokens" value={countOrUnknown(tokens)} />
      <Figure name="Cost" value={formatCost(figures.cost)} />
      <Figure
        name="Trace"
        value={traceId === null ? 'none' : traceComplete ? 'complete' : 'cut'}
        note={
          <>
            seed{' '}
            <code>
              <Name of={seed} />
            </code>
          </>
        }
      />
    </Figures>
  );
}

function countOrUnknown(count: number | null): string {
  return count === null ? 'unknown' : formatCount(count);
}

function modelWords({ model, simulated }: Run): string {
  return shownLabel(simulated ? `${model}, simulated` : model);
}
