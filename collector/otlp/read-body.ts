import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { AppError } from '../../domain/errors.ts';
import type { Lease } from './body-budget.ts';

const inflaters = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate) };
const inflateBare = promisify(inflateRaw);
/** Of the buffer that a body begins with, and how large it may be before anything has come. */
const [leastBytes, mostUnseenBytes] = [64 * 1024, 1024 * 1024];

/**
 * Reads a request's body and inflates it. The limit holds before and after, while reading and while inflating, so that
 * neither an endless body nor a small bomb takes more memory than that.
 *
 * @param incoming the same request as Node has it, where there is one: its bytes come without the detour over a web
 * stream.
 * @param limit in bytes.
 * @param lease takes the bytes that are held, of all bodies under way. The body may be read until it is released.
 * @throws AppError BODY_TOO_LARGE, INGEST_FULL, UNSUPPORTED_MEDIA_TYPE (content-encoding), BODY_UNDECODABLE (not what it says)
 */
export async function readBody(
  request: Request,
  incoming: IncomingMessage | undefined,
  limit: number,
  lease: Lease,
): Promise<Buffer> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '' && !Object.hasOwn(inflaters, encoding)) {
    throw new AppError(
      'UNSUPPORTED_MEDIA_TYPE',
      `content-encoding: expected gzip or deflate, got ${encoding}`,
    );
  }
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limit) throw tooLarge(limit);
  // What is not read any more is the server's to drain: the answer goes out on the same connection.
  const bytes = incoming?.iterator({ destroyOnReturn: false }) ?? request.body;
  const body = await collect(bytes, { announced, limit, lease });
  if (encoding === 'identity' || encoding === '' || body.length === 0) return body;
  const inflated = await unpack(body, encoding as keyof typeof inflaters, limit);
  lease.take(inflated.length);
  return inflated;
}

type Bounds = {
  /** Bytes, as the request says; it may lie. */
  announced: number;
  limit: number;
  lease: Lease;
};

async function collect(
  stream: AsyncIterable<Uint8Array> | null,
  { announced, limit, lease }: Bounds,
): Promise<Buffer> {
  if (stream === null) return Buffer.alloc(0);
  let body = lease.buffer(Math.min(Math.max(announced, leastBytes) || leastBytes, mostUnseenBytes));
  let size = 0;
  try {
    for await (const chunk of stream) {
      const end = size + chunk.length;
      if (end > limit) throw tooLarge(limit);
      lease.take(chunk.length);
      if (end > body.length) {
        const larger = lease.buffer(end * 2);
        body.copy(larger, 0, 0, size);
        body = larger;
      }
      body.set(chunk, size);
      size = end;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('BODY_UNDECODABLE', `the body broke off after ${size} bytes`, { cause: error });
  }
  return body.subarray(0, size);
}

async function unpack(body: Buffer, encoding: keyof typeof inflaters, limit: number): Promise<Buffer> {
  const options: ZlibOptions = { maxOutputLength: limit };
  try {
    return await inflaters[encoding](body, options);
  } catch (error) {
    if (isTooLarge(error)) throw tooLarge(limit, error);
    // "deflate" means the zlib format, but some clients send it bare.
    if (encoding === 'deflate') return await unpackBare(body, options, limit);
    throw undecodable(encoding, error);
  }
}

async function unpackBare(body: Buffer, options: ZlibOptions, limit: number): Promise<Buffer> {
  try {
    return await inflateBare(body, options);
  } catch (error) {
    throw isTooLarge(error) ? tooLarge(limit, error) : undecodable('deflate', error);
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function tooLarge(limit: number, cause?: unknown): AppError {
  return new AppError('BODY_TOO_LARGE', `expected at most ${limit} bytes, before and after inflating`, {
    cause,
  });
}

function undecodable(encoding: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('BODY_UNDECODABLE', `expected ${encoding}, as content-encoding says: ${reason}`, {
    cause,
  });
}
