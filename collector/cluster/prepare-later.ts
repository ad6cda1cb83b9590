import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../domain/errors.ts';
import type { Log } from '../observe/log.ts';
import { isUnavailable } from '../store/store-error.ts';
import type { Shard } from './shard.ts';

/** Prepares a shard; what is said where it does not answer, else `null`. @throws what else is wrong with it */
export async function absenceOf({ prepare }: Pick<Shard, 'prepare'>): Promise<string | null> {
  try {
    await prepare();
    return null;
  } catch (error) {
    if (isUnavailable(error)) return messageOf(error);
    throw error;
  }
}

type Deps = {
  log: Log;
  signal: AbortSignal;
  /** Between two attempts. */
  pauseMillis?: number;
};

/** Prepares a shard once it answers, unless the signal ends the attempts. What else is wrong with it is told once. */
export async function prepareLater(shard: Pick<Shard, 'name' | 'prepare'>, deps: Deps): Promise<void> {
  const { log, signal, pauseMillis = 1000 } = deps;
  const { name } = shard;
  let told: string | null = null;
  for (;;) {
    await sleep(pauseMillis, null, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      if ((await absenceOf(shard)) !== null) continue;
      log('cluster.shard-back', `shard ${name} is back`, { shard: name });
      return;
    } catch (error) {
      const wrong = messageOf(error);
      if (wrong !== told)
        log('cluster.shard-refused', `nothing goes to shard ${name}: ${wrong}`, { shard: name });
      told = wrong;
    }
  }
}
