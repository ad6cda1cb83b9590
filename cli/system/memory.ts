import { formatBytes } from '../../domain/format.ts';
import { type Check, fail, ok, warn } from './check.ts';

const MiB = 1024 * 1024;
/** ClickHouse at rest takes 250 MB, the collector 150 MB, and a query as much again. */
const comfortable = 1024 * MiB;
const least = 400 * MiB;

/**
 * @param availableBytes that a process may still take here, with its container's limit heeded
 * @param running Rehearse has its share already
 */
export function memoryCheck(availableBytes: number, running: boolean): Check {
  const [enough, little] = running ? [comfortable / 4, least / 4] : [comfortable, least];
  const found = `${formatBytes(availableBytes)} available`;
  const expected = `${formatBytes(enough)} available${running ? ' beside the collector that runs' : ''}`;
  if (availableBytes >= enough) return ok('memory', found, expected);
  const grade = availableBytes >= little ? warn : fail;
  return grade(
    'memory',
    found,
    expected,
    'End other programs, or give the machine or container more memory.',
  );
}
