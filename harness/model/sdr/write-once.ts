import type { JsonObject } from '../../../domain/json.ts';
import type { Observation } from '../observe.ts';
import { type Ask, ask, type Flow, look } from './flow.ts';
import { handOver, type Report } from './report.ts';
import type { Scene } from './scene.ts';

const ATTEMPTS = 2;

/** A write that has to happen exactly once. Later attempts repeat the words of the first. */
export type Write = Ask & {
  /** Whom it is about, for the report. */
  about: string;
  /** The look that shows whether an attempt without an answer took place after all. */
  check: Ask;
  holds(check: Observation, attempt: JsonObject): boolean;
};

/**
 * Makes the write; `null` when it took place, else why not. After a failure that may have worked all the same it looks
 * before it tries again; with the fault `resends` it does not look.
 */
export function* writeOnce(write: Write, scene: Scene): Flow<Report | null> {
  let wanted: Ask = write;
  for (let attempt = 1; ; attempt++) {
    const [made] = yield* ask(wanted);
    const { failure } = made;
    if (!failure) return null;
    const giveUp = handOver(`${write.tool} failed for ${write.about} (${failure.message}).`);
    const isLast = attempt >= ATTEMPTS;
    wanted = { ...write, compose: () => made.arguments };
    if (failure.status === 429) {
      if (isLast) return giveUp;
      continue;
    }
    // A refusal (4xx) did nothing; a server's failure or silence says nothing.
    if (failure.status !== null && failure.status < 500) return giveUp;
    if (!scene.misbehaves('resends')) {
      const [check] = yield* look(write.check);
      if (check.failure) return giveUp;
      if (write.holds(check, made.arguments)) return null;
    }
    if (isLast) return giveUp;
  }
}

/** One write after another, as far as they go. */
export function* writeAll(writes: readonly Write[], scene: Scene): Flow<Report | null> {
  for (const write of writes) {
    const failed = yield* writeOnce(write, scene);
    if (failed) return failed;
  }
  return null;
}
