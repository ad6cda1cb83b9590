import { createHash } from 'node:crypto';
import { otlpJson } from './otlp-json.ts';

/** 64 bits of the content, whatever encoding it came in: what was delivered twice is one row. */
export function contentHash(content: unknown): bigint {
  return createHash('sha256').update(otlpJson(content)).digest().readBigUInt64LE();
}
