import type { LedgerRow } from '../../../domain/ledger.ts';
import { LEDGER_WORDS } from '../../../domain/ledger-words.ts';
import { Icon, type IconName } from './icon.tsx';

const looks: Record<LedgerRow['state'], { icon: IconName; tone: string }> = {
  met: { icon: 'check', tone: 'pass' },
  differs: { icon: 'cross', tone: 'fail' },
  missed: { icon: 'cross', tone: 'fail' },
  duplicate: { icon: 'cross', tone: 'fail' },
  forbidden: { icon: 'cross', tone: 'fail' },
  unexpected: { icon: 'cross', tone: 'fail' },
  egress: { icon: 'cross', tone: 'fail' },
  allowed: { icon: 'minus', tone: 'muted' },
  undone: { icon: 'minus', tone: 'muted' },
};

/** Whether an effect is as it should be, in a word. */
export function LedgerMark({ state }: { state: LedgerRow['state'] }) {
  const { icon, tone } = looks[state];
  return (
    <span className={`mark ${tone}`}>
      <Icon name={icon} /> {LEDGER_WORDS[state]}
    </span>
  );
}
