import { describe, expect, it } from 'vitest';
import { hashPassword, passwordMatches } from './password.ts';

const cheap = { cost: 16, blockSize: 8, parallelization: 1 };

describe('a password', () => {
  it('matches its hash, which says how it was made, and no other does', async () => {
    const hash = await hashPassword('correct horse', cheap);
    expect(hash).toMatch(/^scrypt:16:8:1:/);
    expect(hash).not.toContain('horse');
    expect(await passwordMatches('correct horse', hash)).toBe(true);
    expect(await passwordMatches('Correct horse', hash)).toBe(false);
    expect(await hashPassword('correct horse', cheap)).not.toBe(hash);
  });

  it('is the same however its signs are composed', async () => {
    expect(await passwordMatches('caf\u00e9', await hashPassword('cafe\u0301', cheap))).toBe(true);
  });

  it.each(['', 'scrypt:16:8:1:c2FsdA:', 'md5:abc'])('never matches the hash %j', async (hash) => {
    expect(await passwordMatches('', hash)).toBe(false);
  });
});
