import type { BusinessOutcome } from '../../domain/business-outcome.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { Block } from '../segments/block.ts';
import { contentHash } from '../signals/content-hash.ts';
import {
  boolean,
  encodeNativeBlock,
  hexBytes,
  type NativeColumn,
  nanoTime,
  nullableDouble,
  nullableInt64,
  ofProject,
  text,
  uint64,
  words,
} from '../store/native-block.ts';

/** Outcomes as rows of `outcomes`. */
export function outcomeBlock(project: ProjectId, outcomes: readonly BusinessOutcome[]): Block {
  const bytes = encodeNativeBlock(ofProject(project, COLUMNS), outcomes);
  return { table: 'outcomes', rows: outcomes.length, bytes };
}

const COLUMNS: readonly NativeColumn<BusinessOutcome>[] = [
  text('id', (outcome) => outcome.id),
  uint64('version', versionOf),
  words('type', (outcome) => outcome.type),
  nanoTime('occurred_at', (outcome) => BigInt(outcome.occurredAt) * 1000n),
  text('subject', (outcome) => outcome.subject),
  text('message_id', (outcome) => outcome.messageId),
  hexBytes('trace_id', 16, (outcome) => outcome.traceId ?? ''),
  words('channel', (outcome) => outcome.channel),
  words('campaign', (outcome) => outcome.campaign),
  words('agent_version', (outcome) => outcome.agentVersion),
  words('architecture', (outcome) => outcome.architecture),
  words('model', (outcome) => outcome.model),
  nullableDouble('value', (outcome) => outcome.value),
  boolean('aggregate', (outcome) => outcome.count !== null),
  uint64('count', (outcome) => BigInt(outcome.count ?? 1)),
  nullableInt64('subjects', (outcome) => outcome.subjects),
];

const digestBits = 32n;

/**
 * Which of several rows of one id stays, the highest: by revision, then by 32 bits of a digest of the content. So what
 * is stored never depends on the order in which things came, however they were told again.
 */
export function versionOf(outcome: BusinessOutcome): bigint {
  return (BigInt(outcome.revision) << digestBits) | (contentHash(outcome) >> digestBits);
}
