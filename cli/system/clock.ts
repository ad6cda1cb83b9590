import { formatDuration } from '../../domain/format.ts';
import { type Check, fail, ok, warn } from './check.ts';

const agreeMillis = 1000;
/** Spans are sorted into minutes by their own times, and sessions and keys end by the clock. */
const strayMillis = 60_000;

/** @param aheadMillis by which the clock of ClickHouse is ahead of ours @param withinMillis how exactly that is known */
export function clockCheck(aheadMillis: number, withinMillis: number): Check {
  const apart = Math.max(0, Math.abs(aheadMillis) - withinMillis);
  const found =
    apart === 0
      ? `agrees with ClickHouse's, to ${formatDuration(withinMillis * 1000)}`
      : `ClickHouse's is ${formatDuration(apart * 1000)} ${aheadMillis > 0 ? 'ahead' : 'behind'}`;
  const expected = `within ${formatDuration(agreeMillis * 1000)} of ClickHouse's`;
  if (apart <= agreeMillis) return ok('clock', found, expected);
  const grade = apart <= strayMillis ? warn : fail;
  return grade('clock', found, expected, 'Let both machines follow a time server: timedatectl set-ntp true.');
}
