import type { Verdict } from '../../../domain/verdict.ts';
import { Icon, type IconName } from './icon.tsx';

const looks: Record<Verdict['kind'], { icon: IconName; tone: string; word: string }> = {
  pass: { icon: 'check', tone: 'pass', word: 'Pass' },
  fail: { icon: 'cross', tone: 'fail', word: 'Fail' },
  inconclusive: { icon: 'minus', tone: 'warn', word: 'Inconclusive' },
  'cannot-measure': { icon: 'warning', tone: 'warn', word: 'Cannot measure' },
};

/** The word for what the gate says of a run, also for a tab's title. */
export function verdictWord(run: { verdict: Verdict | null; end: number | null }): string {
  if (run.verdict) return looks[run.verdict.kind].word;
  return run.end === null ? 'Running' : 'Not judged';
}

export function VerdictMark({ run }: { run: { verdict: Verdict | null; end: number | null } }) {
  const look = run.verdict && looks[run.verdict.kind];
  return (
    <span className={`mark ${look?.tone ?? 'muted'}`}>
      <Icon name={look?.icon ?? 'dot'} /> {verdictWord(run)}
    </span>
  );
}
