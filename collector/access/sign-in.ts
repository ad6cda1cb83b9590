import PQueue from 'p-queue';
import type { PersonRecord } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import { hashPassword, passwordMatches, type ScryptParameters } from './password.ts';
import type { Registry } from './registry.ts';
import { TokenBucket } from './token-bucket.ts';

/** @throws AppError SIGN_IN_REFUSED, RATE_LIMITED */
export type SignIn = (email: string, password: string) => Promise<PersonRecord>;

/** Of one name: ten at once, then one every 90 seconds. */
const failures = { rate: 1 / 90, burst: 10 };
/** Each takes memory and a core. */
const hashesAtOnce = 2;
const hashesWaiting = 50;
const namesRemembered = 10_000;

/**
 * Signs people in by their password. Whoever guesses is not told whether there is such a person, neither in words nor by
 * time, and has ten guesses.
 *
 * @param now milliseconds of a clock that only goes forward
 */
export function createSignIn(
  registry: Pick<Registry, 'person'>,
  scrypt: ScryptParameters,
  now: () => number,
): SignIn {
  const buckets = new Map<string, TokenBucket>();
  const queue = new PQueue({ concurrency: hashesAtOnce });
  const nobody = hashPassword('', scrypt);
  const bucketOf = (email: string) => {
    const bucket = buckets.get(email) ?? new TokenBucket(failures, now());
    if (buckets.size >= namesRemembered) buckets.delete(buckets.keys().next().value ?? '');
    buckets.set(email, bucket);
    return bucket;
  };
  return async (email, password) => {
    const wait = bucketOf(email).take(1, now());
    if (wait > 0 || queue.size > hashesWaiting) {
      throw new AppError('RATE_LIMITED', `expected fewer attempts to sign in; wait ${wait || 1} s`, {
        retryAfter: wait || 1,
      });
    }
    const person = registry.person(email);
    const hash = person?.password ?? (await nobody);
    const matches = await queue.add(() => passwordMatches(password, hash));
    if (person?.password && matches) {
      buckets.delete(email);
      return person;
    }
    throw new AppError(
      'SIGN_IN_REFUSED',
      'expected the address and the password of a person who may sign in',
    );
  };
}
