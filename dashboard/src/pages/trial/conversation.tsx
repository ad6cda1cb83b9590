import type { Turn } from '../../../../domain/trial.ts';
import { LongText } from '../../ui/long-text.tsx';
import { numbered } from '../../ui/numbered.ts';

/** What was said, in order; the scenario's opening message first where the turns do not hold it. */
export function Conversation({ start, turns }: { start: string; turns: readonly Turn[] }) {
  const opened = turns[0]?.from === 'user' && turns[0].text === start;
  const all: readonly Turn[] = opened ? turns : [{ from: 'user', text: start }, ...turns];
  return (
    <ol className="turns">
      {numbered(all).map(({ number, item: { from, text, midRun, heard } }) => (
        <li key={number}>
          <span className="turn-from">{from}</span>
          <LongText text={text} />
          {midRun && (
            <span className="muted">
              while the agent worked{heard === false && <span className="tag">not heard</span>}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
