import { z } from 'zod';
import type { TraceId } from '../../domain/ids.ts';
import { CONTENT_FIELDS } from '../dialects/content-fields.ts';
import type { ContentEvent } from '../dialects/message-events.ts';
import type { KeyValue } from '../otlp/any-value.ts';
import { storedAttributes, storedList } from '../otlp/stored.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = {
  project: string;
  traceIds: readonly TraceId[];
  /** Those in which several agents work. */
  teams: readonly TraceId[];
  unread: readonly string[];
  unreadIndexed: readonly string[];
  /** Characters of a value. */
  longest: number;
};

const columns = z.object({
  trace: z.string(),
  span: z.string(),
  attribute_keys: z.array(z.string()),
  attribute_values: z.array(z.string()),
  types: z.string(),
  span_events: z.string(),
});

/** The text of a span of a trace. */
export type SpanText = { traceId: string; spanId: string; attributes: KeyValue[]; events: ContentEvent[] };

/** The text that the loop detector reads of given traces, in no order. */
export const loopPayloads: Query<Params, typeof columns, SpanText> = {
  sql: readSql('loop-payloads.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    traceId: row.trace,
    spanId: row.span,
    attributes: storedAttributes(row.attribute_keys, row.attribute_values, row.types),
    // Written by the sink from decoded spans: its shape is known.
    events: storedList(row.span_events) as ContentEvent[],
  }),
};

/** What models were told, in each dialect: not read where what they said is all that matters. */
const answers = new Set<string>(CONTENT_FIELDS.outputMessages);
const told = [
  ...CONTENT_FIELDS.inputMessages,
  ...CONTENT_FIELDS.systemInstructions,
  ...CONTENT_FIELDS.toolDefinitions,
].filter((key) => !answers.has(key));
export const UNREAD = {
  unread: told.filter((key) => !key.endsWith('.')),
  unreadIndexed: told.filter((key) => key.endsWith('.')),
};
