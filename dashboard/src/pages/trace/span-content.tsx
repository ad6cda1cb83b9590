import type { ReactNode } from 'react';
import { formatDuration } from '../../../../domain/format.ts';
import type { Json, JsonObject } from '../../../../domain/json.ts';
import type { SpanPayload } from '../../../../domain/span.ts';
import type { SpanKind } from '../../../../domain/span-kind.ts';
import { JsonText } from '../../ui/json-text.tsx';
import { LongText } from '../../ui/long-text.tsx';
import { numbered } from '../../ui/numbered.ts';
import { AttributeTable } from './attribute-table.tsx';
import { EvaluationTable } from './evaluation-table.tsx';
import { MessageList } from './message-list.tsx';

type SpanContentProps = { payload: SpanPayload; kind: SpanKind; spanStart: number };

/** The text of a span: messages, tool arguments and result, events, and what the emitter sent as it sent it. */
export function SpanContent({ payload, kind, spanStart }: SpanContentProps) {
  const { inputMessages, outputMessages, systemInstructions, toolArguments, toolResult, events } = payload;
  const captured = inputMessages || outputMessages || systemInstructions !== null;
  return (
    <>
      {kind === 'llm' && !captured && <p className="muted">The messages of this call were not captured.</p>}
      {systemInstructions !== null && (
        <Section title="System instructions">
          <LongText text={systemInstructions} />
        </Section>
      )}
      {inputMessages && <MessageList title="Input" messages={inputMessages} />}
      {outputMessages && <MessageList title="Output" messages={outputMessages} />}
      <JsonSection title="Arguments" value={toolArguments} />
      <JsonSection title="Result" value={toolResult} />
      <EvaluationTable evaluations={payload.evaluations} />
      {events.length > 0 && (
        <Section title="Events">
          {numbered(events).map(({ number, item: event }) => (
            <details key={number} open={event.name === 'exception'}>
              <summary>
                {event.name}{' '}
                <span className="muted">at {formatDuration(Math.max(0, event.at - spanStart))}</span>
              </summary>
              <AttributeTable attributes={event.attributes} />
            </details>
          ))}
        </Section>
      )}
      <Raw title="Attributes" attributes={payload.attributes} open={!captured && toolArguments === null} />
      <Raw title="Resource" attributes={payload.resource} />
      {numbered(payload.links).map(({ number, item: link }) => (
        <Raw key={number} title={`Link to ${link.spanId}`} attributes={link.attributes} />
      ))}
      <p className="muted">
        Recorded by {payload.scope.name || 'an unnamed scope'} {payload.scope.version}
      </p>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function JsonSection({ title, value }: { title: string; value: Json }) {
  if (value === null) return null;
  return (
    <Section title={title}>
      <JsonText value={value} />
    </Section>
  );
}

function Raw({ title, attributes, open = false }: { title: string; attributes: JsonObject; open?: boolean }) {
  const count = Object.keys(attributes).length;
  if (count === 0) return null;
  return (
    <details open={open}>
      <summary>
        {title} <span className="muted">{count}</span>
      </summary>
      <AttributeTable attributes={attributes} />
    </details>
  );
}
