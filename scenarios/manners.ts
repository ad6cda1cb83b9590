import { z } from 'zod';
import { handsOver } from '../domain/hands-over.ts';
import type { Json } from '../domain/json.ts';
import { madeCalls } from '../domain/made-calls.ts';
import type { ScenarioInput } from '../domain/scenario.ts';
import type { PackCheck } from '../harness/index.ts';

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

/** What says that work goes on, whatever the matter, and what is said to thanks. */
const COURTESY =
  /\b(?:on it|under way|one moment|right away|welcome|any time)\b|^\s*\p{L}+(?: \p{L}+)?\.?\s*$/iu;

/** That what is said is about the matter: for agents that do not answer in the words of a page. */
export const TO_THE_POINT = { name: 'to-the-point', version: 2 };

/** What an apology consists of, whatever the matter: somebody on the phone may well have said it too. */
const APOLOGY = new Set(['sorr', 'apol', 'unfo', 'cann', 'unab']);

/**
 * Each thing that whoever gave the task is told is about the matter: it has a word of theirs or of what the services
 * answered, unless it is a courtesy, a `Done.`, or hands over. Of its own words count names, numbers, and those of five
 * letters or more but an apology, each by its beginning, so that `stopped` answers to `stop`.
 */
const toThePoint: PackCheck = {
  version: TO_THE_POINT.version,
  check({ turns, calls }) {
    const theirs = turns.flatMap(({ from, text }) => (from === 'user' ? [text] : []));
    const answered = calls.map(({ response }) => JSON.stringify(response));
    const matter = new Set([...theirs, ...answered].flatMap((text) => beginnings(text, /.{3}|\d/)));
    return turns.flatMap(({ from, text }) => {
      const isCourtesy = COURTESY.test(text) || handsOver(text);
      const told = beginnings(text, /^\p{Lu}\p{L}{2}|\d|.{5}/u).filter((word) => !APOLOGY.has(word));
      if (from !== 'agent' || isCourtesy || told.some((word) => matter.has(word))) return [];
      const message = 'expected a word of the matter in what it says, got none';
      return [{ message, expected: null, actual: text, spanId: null }];
    });
  },
};

/** The first four letters of each word that counts. */
function beginnings(text: string, counts: RegExp): string[] {
  const words = text.match(/[\p{L}\d]+/gu) ?? [];
  return words.filter((word) => counts.test(word)).map((word) => word.slice(0, 4).toLowerCase());
}

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
  'to-the-point': toThePoint,
};
