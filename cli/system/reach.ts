import { isLoopback } from '../../collector/access/open-access.ts';
import { type Check, fail, ok } from './check.ts';

/** @param guarded whether a key or a person was ever made; `null` where that could not be read */
export function reachCheck(host: string, guarded: boolean | null): Check {
  const loopback = isLoopback(host);
  const expected = loopback ? 'nothing: only this machine reaches it' : 'a key or a person';
  const asked = {
    true: 'everybody is asked for a key or a sign-in',
    false: 'nobody is asked who they are',
    null: 'the keys could not be read',
  }[`${guarded}`];
  const found = `${host}, ${asked}`;
  if (loopback || guarded === true) return ok('reach', found, expected);
  const cure =
    guarded === null
      ? 'Let ClickHouse answer first: it holds them.'
      : 'Make one first: rehearse key add, or rehearse person add.';
  return fail('reach', found, expected, cure);
}
