import { ByteWriter } from '../store/byte-writer.ts';
import type { Rejections } from './rejections.ts';
import { LONGEST_MESSAGE, nested, tag, text } from './rpc-status.ts';
import type { Signal } from './signal.ts';

/** How OTLP's JSON names the count. In protobuf all three are the first field of `partial_success`. */
const COUNTS: Record<Signal, string> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
};

/** An Export*ServiceResponse: empty where everything was taken, else with its `partial_success`. */
export function responseBytes(rejections: Rejections): Buffer {
  if (rejections.count === 0) return Buffer.alloc(0);
  const partial = new ByteWriter();
  partial.varint(tag(1, 0));
  partial.varint(rejections.count);
  text(partial, 2, messageOf(rejections));
  const response = new ByteWriter();
  nested(response, 1, partial.bytes());
  return response.bytes();
}

export function responseJson(signal: Signal, rejections: Rejections): string {
  if (rejections.count === 0) return '{}';
  const errorMessage = messageOf(rejections);
  return JSON.stringify({ partialSuccess: { [COUNTS[signal]]: String(rejections.count), errorMessage } });
}

function messageOf(rejections: Rejections): string {
  return rejections.summary().slice(0, LONGEST_MESSAGE);
}
