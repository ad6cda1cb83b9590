import { expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { prepareLater } from './prepare-later.ts';

const away = new AppError('STORE_UNAVAILABLE', 'it does not answer');
const other = new AppError('USAGE', 'expected s2 to be shard 2, but it is shard 1');

it('tries until a shard answers and is what it should be, and tells once what is wrong with it', async () => {
  const answers = [away, other, other, away, null];
  const told: unknown[] = [];
  const prepare = async () => {
    const problem = answers.shift();
    if (problem) throw problem;
  };
  const log = (event: string, message: string) => told.push([event, message]);
  const { signal } = new AbortController();
  await prepareLater({ name: 's2', prepare }, { log, signal, pauseMillis: 1 });
  expect(answers).toEqual([]);
  expect(told).toEqual([
    ['cluster.shard-refused', `nothing goes to shard s2: ${other.message}`],
    ['cluster.shard-back', 'shard s2 is back'],
  ]);
});

it('ends with its signal', async () => {
  const ended = new AbortController();
  const prepare = async () => {
    ended.abort();
    throw away;
  };
  await prepareLater({ name: 's2', prepare }, { log() {}, signal: ended.signal, pauseMillis: 1 });
  expect(ended.signal.aborted).toBe(true);
});
