import type { TrialId } from '../../domain/ids.ts';
import type { SpanDetail } from '../../domain/span.ts';

/** The spans of one trial; `complete` is false when the deadline came before the root ended and all was quiet. */
export type TrialSpans = { spans: SpanDetail[]; complete: boolean };

/**
 * Where scorers that need spans get them from: the collector's API for any agent, or an exporter in the same process.
 * The caller of the runner passes one in; the harness itself knows no collector.
 */
export type SpanSource = {
  spansOf(trialId: TrialId, signal: AbortSignal): Promise<TrialSpans>;
};
