import { createHash } from 'node:crypto';
import type { Row, WorldCall } from '../../domain/effect.ts';
import { AppError } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';
import { freezeDeep, type RowIndex } from './fixture-index.ts';

/** `{{slot:name|harmless default}}` in a text; the default ends at the first `}}`. */
const SLOT = /\{\{slot:([\w-]+)(?:\|([\s\S]*?))?\}\}/g;
const MARK = '{{slot:';

/** What stands in a slot, by its name; `harmless` is its default. */
export type FillSlot = (slot: string, harmless: string) => string;

/** The slots that each row holds, of the rows that hold any. */
type SlottedRows = ReadonlyMap<string, readonly string[]>;

const scanned = new WeakMap<RowIndex, SlottedRows>();

/** By key. Looked for once per index, so that rows without slots cost a world nothing. Throws SCENARIO_UNREADABLE for a slot in a key. */
export function slottedRows(index: RowIndex): SlottedRows {
  const known = scanned.get(index);
  if (known) return known;
  const found = new Map<string, readonly string[]>();
  for (const [key, row] of index) {
    if (key.includes(MARK)) {
      throw new AppError('SCENARIO_UNREADABLE', `expected no slot in the key of a row, got "${key}"`);
    }
    const slots = textsOf(row).flatMap((text) => [...text.matchAll(SLOT)].map(([, slot = '']) => slot));
    if (slots.length > 0) found.set(key, slots);
  }
  scanned.set(index, found);
  return found;
}

/** The rows that hold slots, filled: a layer to lie over those of the index. */
export function filledRows(index: RowIndex, fill: FillSlot): RowIndex {
  return new Map(
    [...slottedRows(index).keys()].map((key) => [key, freezeDeep(fillIn(index.get(key) ?? {}, fill))]),
  );
}

function textsOf(value: Json): string[] {
  if (typeof value === 'string') return value.includes(MARK) ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}

function fillIn(row: Row, fill: FillSlot): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, fillValue(value, fill)]));
}

function fillValue(value: Json, fill: FillSlot): Json {
  if (typeof value === 'string') {
    return value.replace(SLOT, (_, slot: string, harmless = '') => fill(slot, harmless));
  }
  if (value === null || typeof value !== 'object') return value;
  return Array.isArray(value) ? value.map((item) => fillValue(item, fill)) : fillIn(value, fill);
}

/** A text that nothing but this slot of this world holds. */
export function canaryOf(slot: string, seed: string): string {
  const digest = createHash('sha256').update(JSON.stringify([seed, 'canary', slot]));
  return `canary-${slot}-${digest.digest('hex').slice(0, 12)}`;
}

/** The slots whose canaries an answer has carried: whoever called has met what stands there. */
export function canariesSeen(
  slots: readonly string[],
  calls: readonly Pick<WorldCall, 'response'>[],
  seed: string,
): string[] {
  const answers = calls.map(({ response }) => JSON.stringify(response));
  return slots.filter((slot) => answers.some((answer) => answer.includes(canaryOf(slot, seed))));
}
