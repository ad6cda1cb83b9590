import { Metadata, type ServerErrorResponse } from '@grpc/grpc-js';
import { AppError, messageOf } from '../../domain/errors.ts';
import { defectFields, type Log } from '../observe/log.ts';
import { rpcStatus, statusBytes } from '../otlp/rpc-status.ts';

/** A refusal as gRPC carries it. What is not an `AppError` is a defect: it is logged whole, and said to nobody. */
export function asCallError(error: unknown, log: Log): Partial<ServerErrorResponse> {
  if (!(error instanceof AppError)) {
    log('request.failed', `gRPC: ${messageOf(error)}`, defectFields(error));
    return asCallError(new AppError('INTERNAL', 'the request could not be answered', { cause: error }), log);
  }
  const status = rpcStatus(error);
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(statusBytes(status)));
  return { code: status.code, details: status.message, metadata };
}
