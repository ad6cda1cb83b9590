import type { Leaning } from '../../../domain/run-comparison.ts';
import { Icon, type IconName } from './icon.tsx';

const looks: Record<Leaning, { icon: IconName; tone: string; words: string }> = {
  better: { icon: 'check', tone: 'pass', words: 'better' },
  worse: { icon: 'cross', tone: 'fail', words: 'worse' },
  unsure: { icon: 'minus', tone: 'muted', words: 'cannot tell' },
  same: { icon: 'minus', tone: 'muted', words: 'no difference' },
};

/** Which way a difference goes beyond chance, in a shape, a colour and a word. */
export function LeaningMark({ leaning }: { leaning: Leaning }) {
  const { icon, tone, words } = looks[leaning];
  return (
    <span className={`mark ${tone}`}>
      <Icon name={icon} /> {words}
    </span>
  );
}
