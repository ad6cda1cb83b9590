import { AppError } from '../../domain/errors.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { SpanSink } from '../ingest/span-sink.ts';
import type { Encoding } from './encoding.ts';
import { decodeJson } from './json.ts';
import { LOG_RECORD_REASON } from './protobuf.ts';
import { encodeTraceRequest } from './protobuf-encoder.ts';
import type { Redact } from './receiver.ts';
import { Rejections } from './rejections.ts';

/**
 * Takes an ExportTraceServiceRequest: stores the spans that keep the contract, counts the others.
 *
 * @throws AppError BODY_UNDECODABLE, and what the sink throws; nothing is stored then.
 */
export async function receiveTraces(
  { sink, redact }: { sink: SpanSink; redact: Redact },
  project: ProjectId,
  body: Buffer,
  encoding: Encoding,
): Promise<Rejections> {
  const { protobuf, rejections } = encoding === 'json' ? fromJson(body) : asItIs(body);
  const kept = redact(protobuf, 'traces');
  const taken = await sink.add((batch) => batch.addTraces(kept, project), kept.length);
  rejections.addAll(taken.rejections);
  if (taken.accepted === 0 && rejections.has(LOG_RECORD_REASON)) {
    throw new AppError('BODY_UNDECODABLE', 'expected spans, got log records: nothing was stored');
  }
  return rejections;
}

type ProtobufRequest = { protobuf: Buffer; rejections: Rejections };

function asItIs(protobuf: Buffer): ProtobufRequest {
  return { protobuf, rejections: new Rejections() };
}

/** Inside there is one form of spans only. */
function fromJson(body: Buffer): ProtobufRequest {
  const decoded = decodeJson(body);
  const rejections = new Rejections();
  for (const reason of decoded.rejections) rejections.add(reason);
  return { protobuf: encodeTraceRequest(decoded.spans), rejections };
}
