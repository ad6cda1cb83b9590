import { AppError } from '../../domain/errors.ts';
import type { PriceTable } from '../../domain/price.ts';
import { recordSpan } from '../ingest/span-record.ts';
import type { SpanSink } from '../ingest/span-sink.ts';
import type { Encoding } from './encoding.ts';
import { decodeJson } from './json.ts';
import { decodeProtobuf, LOG_RECORD_REASON } from './protobuf.ts';
import { Rejections } from './rejections.ts';
import type { TraceRequest } from './trace-request.ts';
import { WireError } from './wire-reader.ts';

/**
 * Takes an ExportTraceServiceRequest: stores the spans that keep the contract, counts the others.
 *
 * @throws AppError BODY_UNDECODABLE, and what the sink throws; nothing is stored then.
 */
export async function receiveTraces(
  { sink, prices }: { sink: SpanSink; prices: PriceTable },
  body: Buffer,
  encoding: Encoding,
): Promise<Rejections> {
  const { spans, rejections } = decode(body, encoding);
  if (spans.length === 0 && rejections.includes(LOG_RECORD_REASON)) {
    throw new AppError('BODY_UNDECODABLE', 'expected spans, got log records: nothing was stored');
  }
  await sink.append(spans.map((span) => recordSpan(span, prices)));
  const counted = new Rejections();
  for (const reason of rejections) counted.add(reason);
  return counted;
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
