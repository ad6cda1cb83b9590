import type { KeyboardEvent, RefObject } from 'react';
import { formatCount } from '../../../../domain/format.ts';
import { ROW_LIMITS } from './sql-queries.ts';

type SqlEditorProps = {
  editor: RefObject<HTMLTextAreaElement | null>;
  text: string;
  limit: number;
  running: boolean;
  onText: (text: string) => void;
  onRun: () => void;
  onLimit: (rows: number) => void;
};

const fewestLines = 6;

/** A plain field: Tab leaves it, as a keyboard expects; Control and Enter run what is in it. */
export function SqlEditor({ editor, text, limit, running, onText, onRun, onLimit }: SqlEditorProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onRun();
  };
  return (
    <form
      className="sql-editor"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <textarea
        ref={editor}
        data-filter
        aria-label="SQL"
        value={text}
        rows={Math.max(fewestLines, text.split('\n').length + 1)}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        wrap="off"
        maxLength={100_000}
        placeholder={"SELECT model, count() AS calls FROM spans WHERE call = 'call' GROUP BY model"}
        onChange={({ target }) => onText(target.value)}
        onKeyDown={onKeyDown}
      />
      <p className="sql-status">
        <button type="submit" className="button primary" disabled={running || text.trim() === ''}>
          Run <kbd>Ctrl Enter</kbd>
        </button>
        <label>
          <span>Show at most</span>{' '}
          <select value={limit} onChange={({ target }) => onLimit(Number(target.value))}>
            {ROW_LIMITS.map((rows) => (
              <option key={rows} value={rows}>
                {formatCount(rows)} rows
              </option>
            ))}
          </select>
        </label>
      </p>
    </form>
  );
}
