import type { Readable } from 'node:stream';

/**
 * Reads a body to its end, so that the client hears the answer, and keeps its first `limit` bytes. Rejects when the
 * client goes away before the end.
 */
export async function readBody(stream: Readable, limit: number): Promise<{ text: string; whole: boolean }> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (bytes < limit) kept.push(chunk.subarray(0, limit - bytes));
    bytes += chunk.length;
  }
  return { text: Buffer.concat(kept).toString('utf8'), whole: bytes <= limit };
}
