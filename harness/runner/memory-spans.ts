import type { SpanDetail } from '../../domain/span.ts';
import type { SpanSource } from './span-source.ts';

/** Spans that an exporter in this process collects: `spans` may grow while trials run. */
export function memorySpans(spans: readonly SpanDetail[]): SpanSource {
  return {
    async spansOf(trialId) {
      const own = spans.filter((span) => span.trialId === trialId);
      return { spans: own, complete: own.some((span) => span.parentSpanId === null) };
    },
  };
}
