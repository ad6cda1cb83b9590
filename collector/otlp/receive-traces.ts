import { AppError } from '../../domain/errors.ts';
import type { PriceLookup } from '../../domain/price-lookup.ts';
import { recordSpan } from '../ingest/span-record.ts';
import type { SpanSink } from '../ingest/span-sink.ts';
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
 * @throws AppError BODY_UNDECODABLE, and what the sink throws; nothing is stored then.
 */
export async function receiveTraces(
  { sink, prices }: { sink: SpanSink; prices: PriceLookup },
  body: Buffer,
  encoding: Encoding,
): Promise<Response> {
  const { spans, rejections } = decode(body, encoding);
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
