import { z } from 'zod';
import type { Json } from '../domain/json.ts';
import { madeCalls } from '../domain/made-calls.ts';
import type { ScenarioInput } from '../domain/scenario.ts';
import type { PackCheck } from '../harness/index.ts';
import { OWNS_ITS_DEEDS, ownsItsDeeds } from './owns-its-deeds.ts';
import { TO_THE_POINT, toThePoint } from './to-the-point.ts';

const Length = z.union([
  z.object({ most: z.int().positive() }).transform(({ most }) => ({ most, unit: 'sentences', of: SENTENCE })),
  z
    .object({ words: z.int().positive() })
    .transform(({ words }) => ({ most: words, unit: 'words', of: WORD })),
]);
const SENTENCE = /(?<=[.!?])\s+/;
const WORD = /\s+/;

/** Each answer to whoever gave the task has so many sentences, or words, at most. */
const brief: PackCheck = {
  version: 1,
  check({ turns }, given) {
    const { most, unit, of } = Length.parse(given);
    return turns.flatMap(({ from, text }) => {
      const count = from === 'agent' ? text.split(of).filter((part) => part.trim() !== '').length : 0;
      return count <= most
        ? []
        : [
            {
              message: `expected ${most} ${unit} at most, got ${count}`,
              expected: most,
              actual: count,
              spanId: null,
            },
          ];
    });
  },
};

/** What a tool refuses before it calls anything. */
const UNFIT = new Set(['invalid_arguments', 'unknown_tool', 'refused']);
/** What a service answers to a write that cannot be. */
const CALLER_AT_FAULT = new Set([400, 403, 404, 405, 409, 422]);
const Refusals = z.object({ refusals: z.int().min(0) }).catch({ refusals: 0 });

/**
 * Every tool call was one that could work: no tool refused its arguments, and no service refused a write for what it was
 * to do, or for who asked, more often than `refusals` says (default: never). Without spans only the services' refusals
 * are known.
 */
const fittingCalls: PackCheck = {
  version: 1,
  check({ spans, calls }, given) {
    const { refusals } = Refusals.parse(given);
    const unfit = (spans ?? []).filter(({ errorType }) => errorType !== null && UNFIT.has(errorType));
    const refused = calls.filter(
      (call) => writes(call) && call.fault === null && CALLER_AT_FAULT.has(call.status),
    );
    return [
      ...unfit.map(({ tool, errorType, spanId }) => ({
        message: `the call of ${tool} could not work: ${errorType}`,
        expected: null,
        actual: errorType,
        spanId,
      })),
      ...refused.slice(refusals).map(({ number, service, operation, status, spanId }) => ({
        message: `call ${number} ${service} ${operation} was refused with ${status}`,
        expected: null,
        actual: status,
        spanId,
      })),
    ];
  },
};

const Looks = z.object({ at: z.string().nullable() }).catch({ at: null });

/**
 * After a write that got no answer, somebody looks before it is made again: it may have taken place. `at`: the operation
 * that shows it (default: whatever is called in between).
 */
const looksBeforeRetrying: PackCheck = {
  version: 1,
  check({ calls }, given) {
    const { at } = Looks.parse(given);
    const made = madeCalls(calls);
    return made.flatMap((call, place) => {
      if (!writes(call) || call.status < 500) return [];
      const since = made.slice(place + 1);
      const again = since.findIndex(
        ({ service, operation }) => service === call.service && operation === call.operation,
      );
      const next = since[again];
      if (!next || since.slice(0, again).some(({ operation }) => at === null || operation === at)) return [];
      const message = `call ${next.number} ${next.service} ${next.operation} was made again without a look`;
      return [{ message, expected: at, actual: null, spanId: next.spanId }];
    });
  },
};

const WithBody = z.object({ body: z.unknown() });

/** A call with a body, or one that takes something away. */
function writes({ request, operation }: { request: Json; operation: string }): boolean {
  const body = WithBody.safeParse(request).data?.body;
  return body != null || /\.(?:delete|withdraw)$/.test(operation);
}

type Asked = Pick<ScenarioInput['expect'], 'checks' | 'budgets'>;

/** What a situation takes. */
export type Effort = {
  /** Calls of the model that it takes one agent: they tell how long it may take. */
  calls: number;
  /** Calls of the APIs. */
  apis: number;
  /** Seconds that the world makes one wait. Default: none. */
  waiting?: number;
  /** Writes that the world refuses in this situation, and only trying shows it. Default: none. */
  refusals?: number;
  /** Words that an answer may have. Default: 40. */
  words?: number;
  /** The operation that shows whether a write without an answer took place. Default: any. */
  look?: string;
};

/** Calls of the APIs that are not needed but do no harm. */
const SPARE_CALLS = 2;
const MOST_WORDS = 40;

/**
 * Budgets and manners of work in which each call of the model may take so many seconds. How often an agent asks its
 * models is its architecture's affair, and shows in seconds and dollars.
 */
export function takesAt(secondsACall: number, usd: number) {
  return ({ calls, apis, waiting = 0, refusals = 0, words = MOST_WORDS, look }: Effort) =>
    ({
      checks: [
        { name: 'brief', version: 1, arguments: { words } },
        { name: 'fitting-calls', version: 1, arguments: refusals === 0 ? null : { refusals } },
        { name: 'looks-before-retrying', version: 1, arguments: look === undefined ? null : { at: look } },
      ],
      budgets: { seconds: secondsACall * calls + waiting, usd, apiCalls: apis + SPARE_CALLS },
    }) satisfies Asked;
}

/** What is asked of agents of every trade, by the names under which scenarios ask for it. */
export const MANNERS: Readonly<Record<string, PackCheck>> = {
  brief,
  'fitting-calls': fittingCalls,
  'looks-before-retrying': looksBeforeRetrying,
  [OWNS_ITS_DEEDS.name]: ownsItsDeeds,
  [TO_THE_POINT.name]: toThePoint,
};
