import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Of scrypt, RFC 7914: `cost` is N, a power of two; 128 * N * blockSize bytes are needed for a moment. */
export type ScryptParameters = { cost: number; blockSize: number; parallelization: number };

/** Of OWASP's list for scrypt: 64 MiB and some 100 ms. */
export const SCRYPT: ScryptParameters = { cost: 2 ** 16, blockSize: 8, parallelization: 2 };

const keyBytes = 32;
const saltBytes = 16;
const HASH = /^scrypt:(\d+):(\d+):(\d+):([A-Za-z0-9_-]+):([A-Za-z0-9_-]+)$/;

/** A hash with the parameters and the salt that it was made with: they may be raised without asking for new passwords. */
export async function hashPassword(password: string, parameters = SCRYPT): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt, parameters);
  const { cost, blockSize, parallelization } = parameters;
  return [
    'scrypt',
    cost,
    blockSize,
    parallelization,
    salt.toString('base64url'),
    key.toString('base64url'),
  ].join(':');
}

/** Takes the same time whatever is wrong. */
export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const [, cost, blockSize, parallelization, salt = '', key = ''] = HASH.exec(hash) ?? [];
  const parameters = {
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
  };
  const expected = Buffer.from(key, 'base64url');
  if (expected.length !== keyBytes) return false;
  return timingSafeEqual(expected, await derive(password, Buffer.from(salt, 'base64url'), parameters));
}

function derive(password: string, salt: Buffer, parameters: ScryptParameters): Promise<Buffer> {
  const maxmem = 256 * parameters.cost * parameters.blockSize;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, { ...parameters, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
