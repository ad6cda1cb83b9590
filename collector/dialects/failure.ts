import type { ErrorSignal, SpanFacts } from './canonical.ts';
import type { FieldReader } from './field-reader.ts';
import { FIELD, type Field } from './fields.ts';

/** What else the rules know of the span by now. */
export type Ending = { ordinary: boolean; answered: boolean; finishReasons: readonly string[] };

/**
 * The first sign of failure, or `null`. The status alone does not tell: Langfuse leaves it unset and sets a level,
 * LangSmith says ok beside an exception, Mastra says ok beside a finish reason.
 *
 * An exception counts only where no answer came, and not on an ordinary span (of HTTP, of a database, ...): there a
 * recorded exception without an error status was handled.
 */
export function errorSignalOf(
  fields: FieldReader<Field>,
  span: SpanFacts,
  { ordinary, answered, finishReasons }: Ending,
): ErrorSignal | null {
  if (span.statusCode === STATUS_ERROR) return 'status';
  if (fields.has(FIELD.errorType)) return 'error_type';
  if (span.exceptionType !== null && !ordinary && !answered) return 'exception';
  if (fields.text(FIELD.level) === 'ERROR') return 'level';
  if (isFailure(fields.text(FIELD.toolStatus))) return 'tool_status';
  return finishReasons.includes('error') ? 'finish_reason' : null;
}

const STATUS_ERROR = 2;

function isFailure(toolStatus: string | null): boolean {
  return toolStatus === 'error' || toolStatus === 'failed' || toolStatus === 'failure';
}

/** The type of a failed span's error: its own word, else the exception's, else the HTTP status. */
export function errorTypeOf(fields: FieldReader<Field>, span: SpanFacts): string | null {
  const own = fields.text(FIELD.errorType);
  if (own !== null && own !== 'unknown' && own !== '_OTHER') return own;
  return span.exceptionType || (own ?? fields.text(FIELD.httpStatus));
}
