import { BusinessOutcome } from '../../domain/business-outcome.ts';
import { schemaProblem } from '../../domain/field-problem.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { LogRow } from '../logs/log-row.ts';
import type { Rejections } from '../otlp/rejections.ts';
import type { Block } from '../segments/block.ts';
import { outcomeBlock } from './outcome-block.ts';

/** The event name of a log record that tells of an outcome, and what its attributes begin with. */
const OUTCOME_EVENT = 'rehearse.outcome';

/** Attribute to field; each begins with OUTCOME_EVENT and a dot. */
const FIELDS = {
  id: 'id',
  type: 'type',
  subject: 'subject',
  message_id: 'messageId',
  channel: 'channel',
  campaign: 'campaign',
  agent_version: 'agentVersion',
  architecture: 'architecture',
  model: 'model',
  value: 'value',
  count: 'count',
  subjects: 'subjects',
  revision: 'revision',
} as const satisfies Record<string, keyof BusinessOutcome>;
const fieldOf = new Map<string, string>(
  Object.entries(FIELDS).map(([name, field]) => [`${OUTCOME_EVENT}.${name}`, field]),
);

/** Of what redaction puts in the place of what it takes out: two leads must not become one. */
const REDACTED = '[redacted:';
const microsPerNano = 1000n;

/** The outcomes among log records, ready to be stored. A record whose outcome cannot be taken is a rejection. */
export function outcomeBlocksOf(
  project: ProjectId,
  rows: readonly LogRow[],
  rejections: Rejections,
): Block[] {
  const outcomes: BusinessOutcome[] = [];
  for (const row of rows) {
    const outcome = outcomeOfLog(row);
    if (typeof outcome === 'string') rejections.add(`the record is kept, its outcome is not: ${outcome}`);
    else if (outcome !== null) outcomes.push(outcome);
  }
  return outcomes.length > 0 ? [outcomeBlock(project, outcomes)] : [];
}

/**
 * The outcome that a log record tells of, or why it tells of none. Its trace is the record's, its time the record's.
 *
 * @returns `null` for records of anything else.
 */
function outcomeOfLog(row: LogRow): BusinessOutcome | string | null {
  if (row.eventName !== OUTCOME_EVENT) return null;
  const fields: Record<string, unknown> = {
    occurredAt: Number(row.time / microsPerNano),
    traceId: row.traceId || null,
  };
  for (const [place, [key, value]] of row.pairs.entries()) {
    const field = fieldOf.get(key);
    if (field !== undefined) fields[field] = 'id'.includes(row.letters[place] ?? 's') ? Number(value) : value;
  }
  const parsed = BusinessOutcome.safeParse(fields);
  if (!parsed.success) return schemaProblem(parsed.error, fields);
  const { id, subject, messageId } = parsed.data;
  if ([id, subject, messageId].some((key) => key.includes(REDACTED))) {
    return 'expected keys of yours that redaction leaves as they are, no addresses or secrets';
  }
  return parsed.data;
}
