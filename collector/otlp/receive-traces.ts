import { AppError } from '../../domain/errors.ts';
import type { PriceTable } from '../../domain/price.ts';
import { recordSpan } from '../ingest/span-record.ts';
import type { SpanSink } from '../ingest/span-sink.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { exportResponse } from './answer.ts';
import type { Encoding } from './encoding.ts';
import { decodeJson } from './json.ts';
import { decodeProtobuf, LOG_RECORD_REASON } from './protobuf.ts';
import { summariseReasons } from './reasons.ts';
import type { TraceRequest } from './trace-request.ts';
import { WireError } from './wire-reader.ts';

/**
 * Takes an ExportTraceServiceRequest: stores the spans that keep the contract, counts the others.
 *
 * @throws AppError BODY_UNDECODABLE; UNSUPPORTED_MEDIA_TYPE where JSON comes and redaction is on; and what the sink
 * throws. Nothing is stored then.
 */
export async function receiveTraces(
  { sink, prices, redactor }: { sink: SpanSink; prices: PriceTable; redactor: Redactor | null },
  body: Buffer,
  encoding: Encoding,
): Promise<Response> {
  if (redactor !== null && encoding === 'json') {
    throw new AppError(
      'UNSUPPORTED_MEDIA_TYPE',
      'content-type: expected protobuf, which redaction reads, got JSON',
    );
  }
  const { spans, rejections } = decode(redactor?.redact(body, 'traces') ?? body, encoding);
  if (spans.length === 0 && rejections.includes(LOG_RECORD_REASON)) {
    throw new AppError('BODY_UNDECODABLE', 'expected spans, got log records: nothing was stored');
  }
  await sink.append(spans.map((span) => recordSpan(span, prices)));
  if (rejections.length === 0) return exportResponse(encoding, null);
  return exportResponse(encoding, {
    field: 'rejectedSpans',
    count: rejections.length,
    message: summariseReasons(rejections),
  });
}

function decode(body: Buffer, encoding: Encoding): TraceRequest {
  if (encoding === 'json') return decodeJson(body.length === 0 ? '{}' : new TextDecoder().decode(body));
  try {
    return decodeProtobuf(body);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new AppError('BODY_UNDECODABLE', `expected protobuf: ${error.message}`, { cause: error });
  }
}
