import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { AppError } from '../../domain/errors.ts';
import type { Lease } from './body-budget.ts';

const inflaters = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate) };
const inflateBare = promisify(inflateRaw);

/**
 * Reads a request's body and inflates it. The limit holds before and after, while reading and while inflating, so that
 * neither an endless body nor a small bomb takes more memory than that.
 *
 * @param incoming the same request as Node has it, where there is one: its bytes come without the detour over a web
 * stream.
 * @param limit in bytes.
 * @param lease takes the bytes that are held, of all bodies under way.
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
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  // What is not read any more is the server's to drain: the answer goes out on the same connection.
  const bytes = incoming?.iterator({ destroyOnReturn: false }) ?? request.body;
  const body = await collect(bytes, limit, lease);
  if (encoding === 'identity' || encoding === '' || body.length === 0) return body;
  const inflated = await unpack(body, encoding as keyof typeof inflaters, limit);
  lease.take(inflated.length);
  return inflated;
}

async function collect(
  stream: AsyncIterable<Uint8Array> | null,
  limit: number,
  lease: Lease,
): Promise<Buffer> {
  if (stream === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      lease.take(chunk.length);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('BODY_UNDECODABLE', `the body broke off after ${size} bytes`, { cause: error });
  }
  return Buffer.concat(chunks, size);
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
