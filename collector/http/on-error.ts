import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { AppError, type ErrorBody } from '../../domain/errors.ts';
import { defectFields, type Log } from '../observe/log.ts';

/** Every refusal of the API has one shape. What is not an `AppError` is a defect and is logged whole. */
export function onError(log: Log) {
  return (error: Error, c: Context) => {
    const known = asAppError(error);
    // Whoever left while the answer was made is no defect, and nobody reads the answer.
    if (known.code === 'INTERNAL' && !c.req.raw.signal.aborted)
      log('request.failed', `${c.req.method} ${c.req.path}: ${error.message}`, defectFields(error));
    if (known.status === 401) c.header('www-authenticate', 'Bearer');
    if (known.retryAfter !== null) c.header('retry-after', String(known.retryAfter));
    return c.json(errorBody(known), known.status);
  };
}

function errorBody({ code, message, hint }: AppError): ErrorBody {
  return { error: { code, message, hint } };
}

function asAppError(error: Error): AppError {
  if (error instanceof AppError) return error;
  // Thrown by Hono alone, where it reads JSON for `validate`.
  if (error instanceof HTTPException)
    return new AppError('BAD_REQUEST', 'json: expected JSON, got a body that is none', { cause: error });
  return new AppError('INTERNAL', 'the request could not be answered', { cause: error });
}
