import type { SpanKind } from '../../domain/span-kind.ts';
import type { Usage } from '../../domain/usage.ts';
import type { AnyValue } from '../otlp/any-value.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';

/** What the product asks of any span, whatever its emitter calls it. `null`: the emitter did not say. */
export type Canonical = {
  kind: SpanKind;
  operation: string | null;
  agent: string | null;
  provider: string | null;
  modelRequested: string | null;
  modelResponded: string | null;
  tool: string | null;
  session: string | null;
  usage: Usage | null;
  finishReasons: string[];
  errorType: string | null;
  /** A signal besides the status says that the span failed. */
  failed: boolean;
};

/** A span with its attributes by key; of a repeated key the last. */
export type SpanView = { span: OtlpSpan; attributes: ReadonlyMap<string, AnyValue> };

/**
 * One family of attribute names. It says what it can and leaves out the rest, so that a span in several dialects is
 * read by each. Dialects are told by the attributes, not by the name of the instrumentation.
 */
export type Dialect = {
  name: string;
  speaks(view: SpanView): boolean;
  read(view: SpanView): Partial<Canonical>;
};
