import { BusinessOutcome } from '../../domain/business-outcome.ts';
import { AppError } from '../../domain/errors.ts';
import { schemaProblem } from '../../domain/field-problem.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { Deleted } from '../deletion/deleted.ts';
import { parseJson } from '../otlp/parse-json.ts';
import type { Redact } from '../otlp/receiver.ts';
import type { AppendBlocks } from '../signals/receive-rows.ts';
import { outcomeBlock } from './outcome-block.ts';
import { redactOutcomes } from './redact-outcomes.ts';

/** An outcome that was not taken, by its place in what was sent. */
export type RejectedOutcome = { index: number; id: string | null; message: string };

/** How many were stored, and of the others the first hundred. */
export type OutcomeReceipt = { accepted: number; rejected: number; errors: RejectedOutcome[] };

export type OutcomeDeps = {
  append: AppendBlocks;
  /** `null` where nothing is redacted. */
  redact: Redact | null;
  /** What was deleted where the outcomes go: of that nothing is stored again. */
  deleted: (project: ProjectId) => Deleted | null;
};

const mostOutcomes = 100_000;
const mostErrors = 100;
const idCharacters = 200;

/**
 * Takes outcomes of a project out of a JSON body: one, an array of them, or `{ "outcomes": [...] }`. Those that keep the contract are
 * durable when this resolves, all of them together; of the others it says why they were not taken.
 *
 * @throws AppError BODY_UNDECODABLE, BAD_REQUEST where nothing can be taken, and what `append` throws; nothing is stored
 * then.
 */
export async function receiveOutcomes(
  project: ProjectId,
  body: Buffer,
  { append, redact, deleted }: OutcomeDeps,
): Promise<OutcomeReceipt> {
  const items = itemsOf(parseJson(body));
  const errors: RejectedOutcome[] = [];
  const reject = (index: number, message: string) => errors.push({ index, id: idOf(items[index]), message });
  const valid: BusinessOutcome[] = [];
  const places: number[] = [];
  for (const [index, item] of items.entries()) {
    const { data, error } = BusinessOutcome.safeParse(item);
    if (error) reject(index, schemaProblem(error, item));
    else {
      valid.push(data);
      places.push(index);
    }
  }
  const redacted = redact === null ? valid : redactOutcomes(valid, redact);
  const accepted = redacted.filter((outcome, at) => {
    if (typeof outcome !== 'string') return true;
    reject(places[at] ?? 0, outcome);
    return false;
  }) as BusinessOutcome[];
  const [first] = errors;
  if (first && accepted.length === 0) {
    const others = errors.length > 1 ? `; nor can the ${errors.length - 1} others` : '';
    throw new AppError('BAD_REQUEST', `outcome ${first.index} cannot be taken: ${first.message}${others}`);
  }
  const gone = deleted(project);
  const kept = gone === null ? accepted : accepted.filter((outcome) => !isDeleted(outcome, gone));
  if (kept.length > 0) await append([outcomeBlock(project, kept)]);
  return { accepted: accepted.length, rejected: errors.length, errors: errors.slice(0, mostErrors) };
}

/** An outcome is its lead's and not its trace's: who deletes a trace keeps what came of it. */
function isDeleted({ subject, occurredAt }: BusinessOutcome, deleted: Deleted): boolean {
  return deleted.covers({ traceId: '', at: occurredAt, subjects: [subject] });
}

/** @throws AppError BAD_REQUEST */
function itemsOf(value: unknown): unknown[] {
  const items = isObject(value) && 'outcomes' in value ? value.outcomes : value;
  if (isObject(items)) return [items];
  if (!Array.isArray(items)) {
    throw new AppError('BAD_REQUEST', 'expected an outcome, an array of them, or { "outcomes": [...] }');
  }
  if (items.length > mostOutcomes) {
    throw new AppError('BAD_REQUEST', `expected at most ${mostOutcomes} outcomes, got ${items.length}`);
  }
  return items;
}

function idOf(item: unknown): string | null {
  return isObject(item) && typeof item.id === 'string' ? item.id.slice(0, idCharacters) : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
