import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { PriceTable } from '../../domain/price.ts';

/** The price list that comes with Rehearse. */
export const DEFAULT_PRICES = join(import.meta.dirname, '..', '..', 'datasets', 'prices', 'prices.json');

/**
 * Reads a price list.
 *
 * @throws AppError DATA_DIRECTORY_MISSING where there is no such file, BAD_REQUEST where it is not a price list.
 */
export function loadPrices(path: string): PriceTable {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppError('DATA_DIRECTORY_MISSING', `expected a price list at ${path}`, { cause: error });
  }
  try {
    return PriceTable.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError(
      'BAD_REQUEST',
      `${path} is not a price list: ${error instanceof Error ? error.message : error}`,
    );
  }
}
