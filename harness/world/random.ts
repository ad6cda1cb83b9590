import { createHash } from 'node:crypto';

/**
 * A stream of numbers in [0, 1) that only its seed and its name decide: sfc32 (Chris Doty-Humphrey's PractRand) started
 * from sha256 of both, so that one stream's draws never shift another's, in any process.
 */
export function randomStream(seed: string, stream: string): () => number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, stream]))
    .digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = digest.readInt32LE(12);
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}
