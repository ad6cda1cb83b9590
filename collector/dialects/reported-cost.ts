import { type NanoUsd, nanoUsd } from '../../domain/units.ts';
import { isObject } from './embedded-json.ts';
import type { FieldReader } from './field-reader.ts';
import { FIELD, type Field } from './fields.ts';

/** The cost that the client itself reckoned; never taken for the price. */
export function reportedCost(fields: FieldReader<Field>): NanoUsd | null {
  const usd = fields.has(FIELD.cost)
    ? fields.number(FIELD.cost)
    : fields.has(FIELD.costDetails)
      ? totalOf(fields)
      : null;
  if (usd === null || usd < 0) return null;
  const cost = nanoUsd(usd * 1e9);
  return Number.isSafeInteger(cost) ? cost : null;
}

/** `{input, output, total}`; without a total the parts are added up. */
function totalOf(fields: FieldReader<Field>): number | null {
  const details = fields.json(FIELD.costDetails);
  if (!isObject(details)) return null;
  if (typeof details.total === 'number') return details.total;
  const parts = Object.values(details).filter((part) => typeof part === 'number');
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0);
}
