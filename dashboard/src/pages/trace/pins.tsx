import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo } from 'react';
import type { SpanId, TraceId } from '../../../../domain/ids.ts';
import type { Pin, PinId } from '../../../../domain/pin.ts';
import { api, body } from '../../api.ts';
import { pinsQuery } from '../../queries.ts';
import { Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { shownText } from '../../ui/shown-text.ts';

const none: readonly Pin[] = [];

/** The notes of a trace, the oldest first. */
export function usePins(traceId: TraceId): readonly Pin[] {
  return useQuery(pinsQuery(traceId)).data?.pins ?? none;
}

/** Words for the spans that carry notes, by id. */
export function usePinMarks(pins: readonly Pin[]): ReadonlyMap<string, string> {
  return useMemo(() => {
    const bySpan = Map.groupBy(pins, ({ spanId }) => spanId as string);
    return new Map([...bySpan].map(([spanId, some]) => [spanId, some.map(({ note }) => note).join('\n')]));
  }, [pins]);
}

/** All notes of the trace, each with the way to its span; nothing where there are none. */
export function PinList({ pins, onSelect }: { pins: readonly Pin[]; onSelect: (spanId: string) => void }) {
  if (pins.length === 0) return null;
  return (
    <section aria-label="Pins" className="pin-list">
      <ul>
        {pins.map((pin) => (
          <li key={pin.id}>
            <button type="button" className="quiet" onClick={() => onSelect(pin.spanId)}>
              <Icon name="person" className="kind-human" /> <bdi>{shownText(pin.note)}</bdi>
            </button>
            <Signature pin={pin} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The notes of one span, and a new one. */
export function SpanPins({ traceId, spanId }: { traceId: TraceId; spanId: SpanId }) {
  const pins = usePins(traceId).filter((pin) => pin.spanId === spanId);
  const client = useQueryClient();
  const { mutate, error, isPending } = useMutation<unknown, Error, { id: PinId; note: string | null }>({
    mutationFn: ({ id, note }) => {
      const param = { traceId, pinId: id };
      const one = api.pins[':traceId'][':pinId'];
      return note === null
        ? body(one.$delete({ param }))
        : body(one.$put({ param, json: { spanId, note, author: '' } }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: pinsQuery(traceId).queryKey }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note')).trim();
    if (note === '') return;
    mutate({ id: newPinId(), note });
    event.currentTarget.reset();
  };
  return (
    <section className="pins">
      <h3>Pins</h3>
      <ul>
        {pins.map((pin) => (
          <li key={pin.id}>
            <PinNoteLine pin={pin} />
            <button type="button" className="quiet" onClick={() => mutate({ id: pin.id, note: null })}>
              Remove
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <input
          name="note"
          aria-label="Note on this span"
          placeholder="a note on this span, for everybody"
          maxLength={2000}
          autoComplete="off"
        />
        <button type="submit" disabled={isPending}>
          Pin
        </button>
      </form>
      {error && <p className="fail">{error.message}</p>}
    </section>
  );
}

/** A note and who left it. */
export function PinNoteLine({ pin }: { pin: Pin }) {
  return (
    <span>
      <Icon name="person" className="kind-human" /> <bdi>{shownText(pin.note)}</bdi> <Signature pin={pin} />
    </span>
  );
}

function Signature({ pin }: { pin: Pin }) {
  return (
    <span className="muted">
      {pin.author && (
        <>
          <bdi>{pin.author}</bdi>,{' '}
        </>
      )}
      <Moment at={pin.pinnedAt} />
    </span>
  );
}

/** Made here, so that a request that is sent again pins nothing twice. */
function newPinId(): PinId {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') as PinId;
}
