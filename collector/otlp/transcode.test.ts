import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otlpJson } from '../signals/otlp-json.ts';
import { arbitraryLogs, arbitraryMetrics } from '../testing/arbitrary-signals.ts';
import type { MessageType } from './message-type.ts';
import { LOGS_REQUEST, METRICS_REQUEST } from './opentelemetry-proto.ts';
import { readMessageJson } from './read-message-json.ts';
import { readWire } from './read-wire.ts';
import { Rejections } from './rejections.ts';
import { writeWire } from './write-wire.ts';

/** Reads what it writes, in both encodings, and rejects nothing. */
function expectSame<Type extends MessageType>(type: Type, request: Parameters<typeof writeWire<Type>>[1]) {
  const rejections = new Rejections();
  expect(readWire(type, writeWire(type, request), rejections)).toEqual(request);
  expect(readMessageJson(type, JSON.parse(otlpJson(request)), rejections)).toEqual(request);
  expect(rejections.count).toBe(0);
}

describe('a request of any logs or metrics', () => {
  it('is the same after protobuf and after JSON', () => {
    fc.assert(fc.property(arbitraryLogs, (request) => expectSame(LOGS_REQUEST, request)));
    fc.assert(fc.property(arbitraryMetrics, (request) => expectSame(METRICS_REQUEST, request)));
  });
});
