import type { Json, JsonObject } from '../../../domain/json.ts';
import type { Observation } from '../observe.ts';
import type { ChatMove } from '../simulated-model.ts';

/** A tool call that a decision waits for. */
export type Ask = {
  tool: string;
  /** By these it is known again among the calls that were made. */
  arguments: JsonObject;
  /** Arguments beside these that are made up at the moment of the call, such as the words of a mail. */
  compose?(): JsonObject;
};

/**
 * Work that asks for tool calls, is given what they brought, and ends with a result. It is written as if it ran from
 * beginning to end; `nextMove` runs it anew at each call of the model, over what was observed so far.
 */
export type Flow<Result> = Generator<readonly Ask[], Result, readonly Observation[]>;

/** Calls made at one time, and what each brought. */
export function* ask<const Asks extends readonly Ask[]>(
  ...asks: Asks
): Generator<readonly Ask[], { [Place in keyof Asks]: Observation }, readonly Observation[]> {
  return (yield asks) as { [Place in keyof Asks]: Observation };
}

/** As `ask`, for calls that only read: those that got no proper answer are made once more. */
export function* look<const Asks extends readonly Ask[]>(
  ...asks: Asks
): Generator<readonly Ask[], { [Place in keyof Asks]: Observation }, readonly Observation[]> {
  const first = yield asks;
  const unclear = asks.filter((_, place) => mayBeOtherwise(first[place]));
  if (unclear.length === 0) return first as { [Place in keyof Asks]: Observation };
  const again = [...(yield unclear)];
  return first.map((seen) => (mayBeOtherwise(seen) ? again.shift() : seen)) as {
    [Place in keyof Asks]: Observation;
  };
}

function mayBeOtherwise(seen: Observation | undefined): boolean {
  const failure = seen?.failure;
  return failure != null && (failure.status === null || failure.status === 429 || failure.status >= 500);
}

/**
 * What is to be done next: the calls that the flow waits for, or what its result says. Each observation answers one
 * call, in order; those that answer none are passed over.
 */
export function nextMove<Result>(
  flow: Flow<Result>,
  seen: readonly Observation[],
  tell: (result: Result) => ChatMove,
): ChatMove {
  const left = [...seen];
  let step = flow.next();
  while (!step.done) {
    const answers = step.value.map((wanted) => take(left, wanted));
    const missing = step.value.filter((_, place) => !answers[place]);
    if (missing.length > 0) {
      return {
        calls: missing.map(({ tool, arguments: given, compose }) => ({
          tool,
          arguments: { ...given, ...compose?.() },
        })),
      };
    }
    step = flow.next(answers.filter((answer) => answer !== null));
  }
  return tell(step.value);
}

function take(left: Observation[], wanted: Ask): Observation | null {
  const place = left.findIndex(
    ({ tool, arguments: made }) =>
      tool === wanted.tool &&
      Object.entries(wanted.arguments).every(([name, value]) => same(made[name], value)) &&
      (wanted.compose !== undefined ||
        Object.keys(made).every((name) => Object.hasOwn(wanted.arguments, name))),
  );
  return place < 0 ? null : (left.splice(place, 1)[0] ?? null);
}

function same(left: Json | undefined, right: Json): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
