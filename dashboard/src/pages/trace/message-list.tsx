import type { ReactNode } from 'react';
import type { Message, MessagePart } from '../../../../domain/message.ts';
import { JsonText } from '../../ui/json-text.tsx';
import { LongText } from '../../ui/long-text.tsx';
import { Name } from '../../ui/name.tsx';
import { numbered } from '../../ui/numbered.ts';
import { shownLabel } from '../../ui/shown-text.ts';

type MessageListProps = {
  title: string;
  messages: readonly Message[];
  /** What stands beneath a message, by its place. */
  beneath?: (place: number) => ReactNode;
};

/** Messages to or from a model, in order. */
export function MessageList({ title, messages, beneath }: MessageListProps) {
  return (
    <section>
      <h3>
        {title} <span className="muted">{messages.length}</span>
      </h3>
      <ol className="turns">
        {numbered(messages).map(({ number, item: message }) => (
          <li key={number}>
            <Name of={message.role} className="turn-from" />
            {numbered(message.parts).map(({ number: place, item: part }) => (
              <Part key={place} part={part} />
            ))}
            {beneath?.(number - 1)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Part({ part }: { part: MessagePart }) {
  switch (part.type) {
    case 'text':
      return <LongText text={part.content} />;
    case 'reasoning':
      return (
        <details>
          <summary className="muted">reasoning</summary>
          <LongText text={part.content} />
        </details>
      );
    case 'tool_call':
      return (
        <div className="tool-part">
          <span className="muted">calls</span> <code>{shownLabel(part.name)}</code>
          <JsonText value={part.arguments} />
        </div>
      );
    case 'tool_call_response':
      return (
        <div className="tool-part">
          <span className="muted">result</span>
          <JsonText value={part.response} />
        </div>
      );
    case 'other':
      return <JsonText value={part.content} />;
  }
}
