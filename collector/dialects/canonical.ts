import type { RunId, ScenarioId, TrialId } from '../../domain/ids.ts';
import type { SpanKind } from '../../domain/span-kind.ts';
import type { NanoUsd } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';

/** Which sign of failure a span shows; of several the first in this order. Plain data: the store's enum has it too. */
export const ERROR_SIGNALS = [
  'status',
  'error_type',
  'exception',
  'level',
  'tool_status',
  'finish_reason',
] as const;
export type ErrorSignal = (typeof ERROR_SIGNALS)[number];

/**
 * Whether a span's usage may count: a `call` of a model or of an embedding does, an `aggregate` repeats the usage of
 * its calls. Which calls of a trace do count is told by `countedCalls` (domain).
 */
export const CALLS = ['none', 'call', 'aggregate'] as const;
export type Call = (typeof CALLS)[number];

/** What the product asks of any span, whatever its emitter calls it. `null`: the emitter did not say. */
export type Canonical = {
  kind: SpanKind;
  operation: string | null;
  agent: string | null;
  agentVersion: string | null;
  workflow: string | null;
  provider: string | null;
  modelRequested: string | null;
  modelResponded: string | null;
  tool: string | null;
  session: string | null;
  user: string | null;
  environment: string | null;
  /** In the words of the conventions (stop, length, content_filter, tool_call, error); unknown ones as they came. */
  finishReasons: readonly string[];
  usage: Usage | null;
  /** The client counted the tokens itself. */
  usageEstimated: boolean;
  call: Call;
  costReported: NanoUsd | null;
  /** From the start of the span to the first piece of the answer: nanoseconds. */
  ttft: number | null;
  failed: boolean;
  errorSignal: ErrorSignal | null;
  /** Only of a failed span. */
  errorType: string | null;
  /** What went wrong, where an attribute rather than the status says it. */
  errorMessage: string | null;
  runId: RunId | null;
  trialId: TrialId | null;
  scenarioId: ScenarioId | null;
};

/** What every span of a resource shares: made once a resource. */
export type ResourceFacts = {
  service: string;
  version: string | null;
  environment: string | null;
  runId: RunId | null;
  trialId: TrialId | null;
  scenarioId: ScenarioId | null;
};

/** What the rules need of a span besides its attributes. */
export type SpanFacts = {
  name: string;
  /** It names no parent. */
  root: boolean;
  /** OTLP's SpanKind: 3 is a client. */
  otelKind: number;
  /** OTLP's status: 0 unset, 1 ok, 2 error. */
  statusCode: number;
  /** Start in milliseconds since the epoch, with a fraction. */
  startMs: number;
  /** The type of the last exception event; empty where it names none, `null` without such an event. */
  exceptionType: string | null;
  scopeName: string;
};
