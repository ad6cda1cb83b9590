import { readSql } from '../../collector/store/query.ts';
import type { Store } from '../../collector/store/store.ts';
import { AppError } from '../../domain/errors.ts';

/** Thirty days, in epoch microseconds; some hours are in another month, as is usual. */
export const DATA = { from: 1_792_540_800e6, to: 1_795_132_800e6 };

const statements = {
  payloads: readSql('payloads.sql', import.meta.dirname),
  spans: readSql('spans.sql', import.meta.dirname),
};
/** So many a statement: below the time that a statement may take, and few enough parts. */
const chunk = 500_000;
const spansOfTrace = 10;

/**
 * Adds `spans` spans to a project, spread over the thirty days. ClickHouse makes them up; layers of different salt have
 * no trace in common.
 */
export async function addSpans(
  store: Pick<Store, 'derive'>,
  layer: { project: string; spans: number; salt: number },
  progress: (made: number) => void,
): Promise<void> {
  const nanosPerTrace = ((DATA.to - DATA.from) * 1000) / (layer.spans / spansOfTrace);
  for (let first = 0; first < layer.spans; first += chunk) {
    const params = {
      project: layer.project,
      salt: layer.salt,
      fromNanos: DATA.from * 1000,
      nanosPerTrace,
      first,
      count: Math.min(chunk, layer.spans - first),
    };
    // As the collector does: a span is never there without its text.
    await store.derive(statements.payloads, params);
    await store.derive(statements.spans, params);
    progress(first + params.count);
  }
}

/** The numbers of spans at which figures are taken: powers of ten up to the given one, and that. */
export function sizesUpTo(spans: number): number[] {
  if (!Number.isInteger(spans) || spans < 1) {
    throw new AppError('USAGE', `expected a number of spans, got ${spans}`);
  }
  const powers = [1e6, 1e7, 1e8].filter((size) => size < spans);
  return [...powers, spans];
}
