import { type Context, propagation } from '@opentelemetry/api';
import type { Span, SpanProcessor } from '@opentelemetry/sdk-trace';

/**
 * Copies each W3C baggage entry to an attribute of every span, so that what the caller says of a request (tenant,
 * campaign, test run) can be asked of each of its spans. Baggage is the caller's word: put no secrets into it.
 */
export function baggageSpanProcessor(): SpanProcessor {
  return {
    onStart(span: Span, parent: Context) {
      for (const [key, { value }] of propagation.getBaggage(parent)?.getAllEntries() ?? [])
        span.setAttribute(key, value);
    },
    onEnd() {},
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}
