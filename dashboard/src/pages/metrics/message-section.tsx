import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { formatCount, formatDuration } from '../../../../domain/format.ts';
import type { MessageStage, SentMessage } from '../../../../domain/sent-message.ts';
import { tracePath } from '../../paths.ts';
import { Moment } from '../../ui/moment.tsx';
import { Name } from '../../ui/name.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { dayName } from './day-head.tsx';
import { type MetricsFilters, metricsPath, type ShownMessages } from './metrics-filters.ts';
import { messagesQuery, stepWord } from './metrics-queries.ts';
import { labelOf } from './rate-series.ts';

const STAGE_WORDS: Record<MessageStage, string> = {
  sent: 'Messages',
  delivered: 'Messages delivered',
  bounced: 'Messages that bounced',
  replied: 'Messages answered',
  positive: 'Messages answered positively',
  meeting: 'Messages that led to a meeting',
  'opted-out': 'Messages whose readers opted out',
};

type MessageSectionProps = { filters: MetricsFilters; shown: ShownMessages; step: number };

/** The messages behind a point of a chart, with the traces in which they were written. Keyed by the point: another is another list. */
export function MessageSection({ filters, shown, step }: MessageSectionProps) {
  const { data, error, refetch } = useQuery(messagesQuery(filters, shown, step));
  const heading = useRef<HTMLHeadingElement>(null);
  const { stage, start, value, within } = shown;
  useEffect(() => heading.current?.focus(), []);
  const { days } = filters;
  const when =
    within !== null
      ? ` within ${within} ${within === 1 ? 'day' : 'days'} of sending`
      : start === null
        ? `, sent at least ${days} days ago`
        : `, sent ${stepWord(step) === 'day' ? 'on' : 'in the week from'} ${dayName(start)}`;
  return (
    <section aria-label="Messages behind the figure">
      <h2 tabIndex={-1} ref={heading}>
        {STAGE_WORDS[stage]}
        {when}
        {value !== null && filters.by !== null && `, ${labelOf(value || null)}`}
      </h2>
      <p>
        <Link href={metricsPath({ ...filters, shown: null })}>Close the list</Link>
      </p>
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading rows={6} what="the messages" />
      ) : data.messages.length === 0 ? (
        <Empty title="No messages of their own here">
          <p>Aggregates count messages without telling of each.</p>
        </Empty>
      ) : (
        <MessageTable messages={data.messages} total={data.total} />
      )}
    </section>
  );
}

function MessageTable({ messages, total }: { messages: readonly SentMessage[]; total: number }) {
  return (
    <div className="table-scroll">
      <table>
        <caption>
          {messages.length < total
            ? `The newest ${formatCount(messages.length)} of ${formatCount(total)}.`
            : `${formatCount(total)}, newest first.`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Trace</th>
            <th scope="col">Lead</th>
            <th scope="col">Message</th>
            <th scope="col">What became of it</th>
            <th scope="col" className="number">
              Answered after
            </th>
            <th scope="col">Version</th>
            <th scope="col">Model</th>
            <th scope="col">Campaign</th>
            <th scope="col" className="number">
              Sent
            </th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <MessageRow key={message.messageId} message={message} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MessageRow({ message }: { message: SentMessage }) {
  const { traceId, messageId, subject, sentAt, repliedAt } = message;
  return (
    <tr>
      <th scope="row">
        {traceId ? (
          <Link data-row className="row-link mono" href={tracePath(traceId)} title={traceId}>
            {traceId.slice(0, 8)}
          </Link>
        ) : (
          <span className="muted">not told</span>
        )}
      </th>
      <td className="name" title={subject ?? undefined}>
        {subject !== null && <Name of={subject} />}
      </td>
      <td className="name mono" title={messageId}>
        <Name of={messageId} />
      </td>
      <td>{fateOf(message)}</td>
      <td className="number">{repliedAt === null ? '' : formatDuration(Math.max(0, repliedAt - sentAt))}</td>
      <td className="name">{message.agentVersion !== null && <Name of={message.agentVersion} />}</td>
      <td className="name">{message.model !== null && <Name of={message.model} />}</td>
      <td className="name">{message.campaign !== null && <Name of={message.campaign} />}</td>
      <td className="number">
        <Moment at={sentAt} />
      </td>
    </tr>
  );
}

function fateOf({ meeting, positive, repliedAt, optedOut, bounced, delivered }: SentMessage): string {
  const words = [
    meeting && 'meeting',
    positive ? 'positive reply' : repliedAt !== null && 'reply',
    optedOut && 'opted out',
    bounced && 'bounced',
  ].filter((word) => word !== false);
  return words.join(', ') || (delivered ? 'delivered' : 'sent');
}
