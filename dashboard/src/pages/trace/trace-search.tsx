import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { formatCount } from '../../../../domain/format.ts';
import type { TraceId } from '../../../../domain/ids.ts';
import type { TreeRow } from '../../../../domain/span-tree.ts';
import type { StructureSpan } from '../../../../domain/trace-structure.ts';
import { traceSearchQuery } from '../../queries.ts';
import { named } from './named-spans.ts';

/** The spans that hold a text, in the order of the waterfall, and whether their text was looked through. */
export type Found = { spanIds: readonly string[]; complete: boolean; error: Error | null };

/** Names are looked through here at once, what was said and done by the collector. */
export function useFound(traceId: TraceId, rows: readonly TreeRow<StructureSpan>[], text: string): Found {
  const piece = useDeferredValue(text.trim());
  const { data, error } = useQuery(traceSearchQuery(traceId, piece));
  return useMemo(() => {
    if (piece === '') return { spanIds: [], complete: true, error: null };
    const saying = new Set<string>(data?.spanIds);
    const spanIds = rows.flatMap(({ span }) =>
      saying.has(span.spanId) || named(span, piece) ? [span.spanId] : [],
    );
    return { spanIds, complete: data !== undefined, error };
  }, [rows, piece, data, error]);
}

type TraceSearchProps = {
  text: string;
  found: Found;
  /** The selected span. */
  selected: string | null;
  onText: (text: string) => void;
  onSelect: (spanId: string) => void;
};

/** Search in the trace: how many spans hold the text, and the way from one to the next. */
export function TraceSearch({ text, found, selected, onText, onSelect }: TraceSearchProps) {
  const { spanIds, complete, error } = found;
  const at = selected === null ? -1 : spanIds.indexOf(selected);
  const go = (step: 1 | -1) => {
    const from = at < 0 && step < 0 ? 0 : at;
    const next = spanIds[(from + step + spanIds.length) % spanIds.length];
    if (next !== undefined) onSelect(next);
  };
  const words = [
    at >= 0 && `${formatCount(at + 1)} of`,
    `${formatCount(spanIds.length)} ${spanIds.length === 1 ? 'span' : 'spans'}`,
    !complete && !error && 'so far',
  ];
  return (
    <search className="trace-search">
      <input
        type="search"
        aria-label="Search in this trace"
        placeholder="search in this trace"
        maxLength={500}
        spellCheck={false}
        autoComplete="off"
        data-filter
        value={text}
        onChange={({ target }) => onText(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter') return;
          event.preventDefault();
          go(event.shiftKey ? -1 : 1);
        }}
      />
      {text.trim() !== '' && (
        <>
          <button type="button" disabled={spanIds.length === 0} onClick={() => go(-1)}>
            Previous
          </button>
          <button type="button" disabled={spanIds.length === 0} onClick={() => go(1)}>
            Next
          </button>
          <span role="status" className="muted">
            {words.filter(Boolean).join(' ')}
          </span>
          {error && <span className="fail">only names were searched: {error.message}</span>}
        </>
      )}
    </search>
  );
}
