import type { Outcome } from '../../../domain/outcome.ts';
import { outcomeWords } from '../../../domain/outcome-words.ts';
import { Icon, type IconName } from './icon.tsx';

const looks: Record<Outcome['kind'], { icon: IconName; tone: string }> = {
  passed: { icon: 'check', tone: 'pass' },
  failed: { icon: 'cross', tone: 'fail' },
  void: { icon: 'minus', tone: 'warn' },
};

export function OutcomeIcon({ outcome }: { outcome: Outcome }) {
  const { icon, tone } = looks[outcome.kind];
  return <Icon name={icon} className={tone} />;
}

export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  return (
    <span className={`mark ${looks[outcome.kind].tone}`}>
      <OutcomeIcon outcome={outcome} /> {outcomeWords(outcome)}
    </span>
  );
}
