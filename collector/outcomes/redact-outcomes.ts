import type { BusinessOutcome } from '../../domain/business-outcome.ts';
import { plainObject } from '../otlp/any-value.ts';
import { LOGS_REQUEST } from '../otlp/opentelemetry-proto.ts';
import { readMessageJson } from '../otlp/read-message-json.ts';
import { readWire } from '../otlp/read-wire.ts';
import type { Redact } from '../otlp/receiver.ts';
import { Rejections } from '../otlp/rejections.ts';
import { writeWire } from '../otlp/write-wire.ts';

/** What tells events, leads and messages apart: it may not change, or two would become one. */
const KEYS = ['id', 'subject', 'messageId'] as const;
const NAMES = ['channel', 'campaign', 'agentVersion', 'architecture', 'model'] as const;

/**
 * Outcomes after redaction, by the rules that log records go through; or why one cannot be taken, where its id, its
 * subject or its message holds something that is to be redacted.
 */
export function redactOutcomes(
  outcomes: readonly BusinessOutcome[],
  redact: Redact,
): (BusinessOutcome | string)[] {
  const request = writeWire(LOGS_REQUEST, readMessageJson(LOGS_REQUEST, asLogs(outcomes), new Rejections()));
  const redacted = readWire(LOGS_REQUEST, redact(request, 'logs'), new Rejections());
  const records = redacted.resourceLogs[0]?.scopeLogs[0]?.logRecords ?? [];
  return outcomes.map((outcome, index) => {
    const texts = plainObject(records[index]?.attributes ?? []);
    const changed = KEYS.find((key) => texts[key] !== outcome[key]);
    if (changed !== undefined) {
      return `${changed}: expected a key of yours that redaction leaves as it is, no address or secret`;
    }
    return { ...outcome, ...Object.fromEntries(NAMES.map((name) => [name, String(texts[name] ?? '')])) };
  });
}

function asLogs(outcomes: readonly BusinessOutcome[]) {
  const logRecords = outcomes.map((outcome) => ({
    attributes: [...KEYS, ...NAMES].map((key) => ({ key, value: { stringValue: outcome[key] } })),
  }));
  return { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
}
