import { asks } from './asks.ts';
import { compareColumns, wrongColumns } from './column-differences.ts';
import type { Condition } from './condition.ts';
import type { Effect, Row, WorldCall } from './effect.ts';
import type { ExpectedEffect } from './expected-effect.ts';
import type { SpanId } from './ids.ts';
import type { Json, JsonObject } from './json.ts';
import { mismatches, tableMatches } from './match.ts';
import type { Turn } from './trial.ts';
import { type Micros, micros } from './units.ts';

/** What has happened in a trial, whether it still goes on or is over. */
export type History = {
  /** The world's clock at the start of the trial, and now. */
  start: Micros;
  now: Micros;
  calls: readonly WorldCall[];
  journal: readonly Effect[];
  /** A turn without a time counts as the last thing that happened. */
  turns: readonly Turn[];
  /** A row that the journal does not name, as it is and always was. */
  row(table: string, key: string): Row | null;
};

/** When something came true. */
export type Moment = {
  /** Orders the moments of one history, also those at one virtual time; moments of later happenings are greater. */
  place: number;
  at: Micros;
  /** The call that brought it about; `null` where it was said, was so from the start, or came with time. */
  call: number | null;
  spanId: SpanId | null;
};

/**
 * The first moment at which a condition held, or `null`. With `from`, the first at that moment or later: of what happens
 * (a call, a write, a word) it has to happen then, of what is so (a row, the time) it may have come true before. O(what
 * happened).
 */
export function firstHeld(condition: Condition, history: History, from?: Moment): Moment | null {
  const holds = holdsIn(condition, history);
  for (const [place, happening] of happeningsOf(history).entries()) {
    if (!holds(happening) || place < (from?.place ?? 0)) continue;
    const { at, call } = happening;
    return { place, at, call: call?.number ?? null, spanId: call?.spanId ?? null };
  }
  return null;
}

/** The present of a history: whatever happens next is at or after this moment. */
export function presentOf(history: History): Moment {
  return { place: happeningsOf(history).length - 1, at: history.now, call: null, spanId: null };
}

/** The start, a call with its writes, something said, or the present: one after another. */
type Happening = { at: Micros; call: Effect['call'] | null; answered: WorldCall | null } & {
  writes: readonly Effect[];
  turn: Turn | null;
};

function happeningsOf({ start, now, calls, journal, turns }: History): Happening[] {
  const nothing = { call: null, answered: null, writes: [], turn: null };
  const writesOf = Map.groupBy(journal, ({ call }) => call.number);
  const made = calls.map(
    (call): Happening => ({
      ...nothing,
      at: call.at,
      call,
      answered: call,
      writes: writesOf.get(call.number) ?? [],
    }),
  );
  const known = new Set(calls.map(({ number }) => number));
  const alone = [...writesOf.values()].flatMap((writes): Happening[] => {
    const [first] = writes;
    return !first || known.has(first.call.number)
      ? []
      : [{ ...nothing, at: first.at, call: first.call, writes }];
  });
  const said = turns.map((turn): Happening => ({ ...nothing, at: turn.at ?? now, turn }));
  // A call takes time: one that begins at the time of a turn follows it.
  const all = [...said, ...[...made, ...alone].sort((a, b) => (a.call?.number ?? 0) - (b.call?.number ?? 0))];
  return [
    { ...nothing, at: start },
    ...all.sort((a, b) => a.at - b.at || Number(isUntimed(a)) - Number(isUntimed(b))),
    { ...nothing, at: now },
  ];
}

function isUntimed({ turn }: Happening): boolean {
  return turn !== null && turn.at === undefined;
}

/** Asked of each happening in turn, from the start. */
function holdsIn(condition: Condition, history: History): (happening: Happening) => boolean {
  switch (condition.on) {
    case 'reply':
      return ({ turn }) => turn?.from === 'agent' && isReply(turn, history.turns);
    case 'said':
      return says((text) => found(condition.pattern, text));
    case 'asks':
      return says((text) => asks(text) && found(condition.pattern ?? '', text));
    case 'call':
      return ({ answered }) => answered !== null && isCall(condition, answered);
    case 'effect':
      return ({ writes }) => writes.some((write) => isEffect(condition.effect, write));
    case 'row':
      return rowIs(condition, history);
    case 'time': {
      const due = micros(history.start + condition.seconds * 1e6);
      return ({ at }) => at >= due;
    }
  }
}

/** Of several texts in a row the last: the agent waits after that. What it says mid-run is no reply. */
function isReply(turn: Turn, turns: readonly Turn[]): boolean {
  return !turn.midRun && turns[turns.indexOf(turn) + 1]?.from !== 'agent';
}

function says(fits: (text: string) => boolean): (happening: Happening) => boolean {
  return ({ turn }) => turn?.from === 'agent' && fits(turn.text);
}

function found(pattern: string, text: string): boolean {
  return new RegExp(pattern, 'iu').test(text);
}

function isCall({ service, operation, request }: Extract<Condition, { on: 'call' }>, call: WorldCall) {
  const isIt = call.service === service && call.operation === operation && call.status < 400;
  return isIt && mismatches(request, requestMembers(call.request)).length === 0;
}

/** Path parameters, query and JSON body of a call as one object; of two members with one name, that of the body. */
function requestMembers(request: Json): JsonObject {
  const { params, query, body } = objectOf(request);
  return { ...objectOf(params), ...objectOf(query), ...objectOf(body) };
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** As an expected effect, of one write. */
function isEffect(expected: ExpectedEffect, write: Effect): boolean {
  return (
    expected.operation === write.operation &&
    tableMatches(expected.table, write.table) &&
    wrongColumns(compareColumns(expected, write)).length === 0
  );
}

function rowIs(
  { table, key, columns }: Extract<Condition, { on: 'row' }>,
  { journal, row }: History,
): (happening: Happening) => boolean {
  const isIt = (write: Effect) => write.table === table && write.key === key && write.operation !== 'egress';
  const first = journal.find(isIt);
  let current = first ? first.before : row(table, key);
  return ({ writes }) => {
    const last = writes.findLast(isIt);
    if (last) current = last.after;
    return current !== null && mismatches(columns, current).length === 0;
  };
}
