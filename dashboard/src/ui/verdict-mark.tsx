import type { Verdict } from '../../../domain/verdict.ts';
import { VERDICT_WORDS } from '../../../domain/verdict-words.ts';
import { Icon, type IconName } from './icon.tsx';

const looks: Record<Verdict['kind'], { icon: IconName; tone: string }> = {
  pass: { icon: 'check', tone: 'pass' },
  fail: { icon: 'cross', tone: 'fail' },
  inconclusive: { icon: 'minus', tone: 'warn' },
  'cannot-measure': { icon: 'warning', tone: 'warn' },
};

/** The word for what the gate says of a run, also for a tab's title. */
export function verdictWord(run: { verdict: Verdict | null; end: number | null }): string {
  if (run.verdict) return VERDICT_WORDS[run.verdict.kind];
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
