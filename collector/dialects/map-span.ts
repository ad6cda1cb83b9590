import { attributeMap } from '../otlp/any-value.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { textOf } from './attribute.ts';
import type { Canonical, Dialect } from './dialect.ts';
import { genAi } from './gen-ai.ts';

/** Raised with every change of what a mapper makes of a span; a row keeps the number it was made with. */
export const MAPPER_VERSION = 1;

/** From the general to the particular: of two dialects that both know a field, the later one is right. */
const DIALECTS: readonly Dialect[] = [genAi];

/** The canonical columns of a span: pure, so that it can be run again over stored attributes. */
export function mapSpan(span: OtlpSpan, dialects: readonly Dialect[] = DIALECTS): Canonical {
  const view = { span, attributes: attributeMap(span.attributes) };
  const canonical: Canonical = {
    kind: 'other',
    operation: null,
    agent: null,
    provider: null,
    modelRequested: null,
    modelResponded: null,
    tool: null,
    session: textOf(view.attributes, 'session.id'),
    usage: null,
    finishReasons: [],
    errorType: null,
    failed: false,
  };
  for (const dialect of dialects) {
    if (dialect.speaks(view)) Object.assign(canonical, said(dialect.read(view)));
  }
  const errorType = textOf(view.attributes, 'error.type');
  return {
    ...canonical,
    errorType: canonical.errorType ?? errorType ?? (span.status.code === 2 ? exceptionType(span) : null),
    failed: canonical.failed || errorType !== null || span.status.code === 2,
  };
}

/** A dialect that does not know a field leaves what another one said. */
function said(partial: Partial<Canonical>): Partial<Canonical> {
  return Object.fromEntries(
    Object.entries(partial).filter(([, value]) => value !== null && value !== undefined),
  );
}

function exceptionType(span: OtlpSpan): string | null {
  const exception = span.events.findLast((event) => event.name === 'exception');
  return exception ? textOf(attributeMap(exception.attributes), 'exception.type') : null;
}
