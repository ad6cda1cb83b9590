import type { FormEvent } from 'react';
import { formatCount, formatDuration } from '../../../../domain/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { type LiveFilters, ONLY } from './live-filters.ts';
import type { Stream } from './use-live.ts';

type LiveBarProps = {
  filters: LiveFilters;
  onChange: (part: Partial<LiveFilters>) => void;
  stream: Stream;
  /** Epoch milliseconds. */
  now: number;
  paused: boolean;
  /** Traces with news that a paused view does not show. */
  news: number;
  onPause: () => void;
};

const textFields = [
  { name: 'agent', label: 'Agent' },
  { name: 'service', label: 'Service' },
] as const;

/** What the page is narrowed to, whether it hears what comes, and the button that holds it still. */
export function LiveBar({ filters, onChange, stream, now, paused, news, onPause }: LiveBarProps) {
  const submit = (event: FormEvent) => event.preventDefault();
  return (
    <form className="filters" onSubmit={submit} aria-label="Filter what is shown">
      {textFields.map(({ name, label }, index) => (
        <label key={name}>
          <span>{label}</span>
          <input
            value={filters[name] ?? ''}
            placeholder="contains"
            spellCheck={false}
            autoComplete="off"
            data-filter={index === 0 || undefined}
            onChange={({ target }) => onChange({ [name]: target.value === '' ? null : target.value })}
            onKeyDown={({ key, currentTarget }) => {
              if (key === 'Escape') currentTarget.blur();
            }}
          />
        </label>
      ))}
      <label>
        <span>Only</span>
        <select
          value={filters.only ?? ''}
          onChange={({ target }) =>
            onChange({ only: ONLY.find(({ value }) => value === target.value)?.value ?? null })
          }
        >
          <option value="">any</option>
          {ONLY.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="button" aria-pressed={paused} onClick={onPause}>
        {paused ? 'Go on' : 'Hold still'}
      </button>
      <span className="live-stream" role="status">
        {paused ? (
          <>
            <Icon name="minus" className="warn" /> Held still
            {news > 0 && `: news of ${formatCount(news)} ${news === 1 ? 'trace' : 'traces'}`}
          </>
        ) : (
          <StreamState stream={stream} now={now} />
        )}
      </span>
    </form>
  );
}

/** Its words change with the state alone, so that the clock is not read out. */
function StreamState({ stream, now }: { stream: Stream; now: number }) {
  switch (stream.kind) {
    case 'connecting':
      return <span className="muted">Connecting</span>;
    case 'open':
      return (
        <>
          <Icon name="dot" className="pass" /> Connected
        </>
      );
    case 'broken':
      return (
        <>
          <Icon name="warning" className="fail" /> Not connected
          <span className="muted" aria-hidden="true">
            {' '}
            for {formatDuration(Math.max(0, Math.floor((now - stream.since) / 1000)) * 1e6)}, trying again
          </span>
        </>
      );
  }
}
