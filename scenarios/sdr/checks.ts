import { z } from 'zod';
import type { Json } from '../../domain/json.ts';
import type { PackCheck } from '../../harness/index.ts';

const Sentences = z.object({ most: z.int().positive() });

/** Each answer to whoever gave the task has so many sentences at most. */
const brief: PackCheck = {
  version: 1,
  check({ turns }, given) {
    const { most } = Sentences.parse(given);
    return turns.flatMap(({ from, text }) => {
      const count = from === 'agent' ? sentencesIn(text) : 0;
      return count <= most
        ? []
        : [
            {
              message: `expected ${most} sentences at most, got ${count}`,
              expected: most,
              actual: count,
              spanId: null,
            },
          ];
    });
  },
};

function sentencesIn(text: string): number {
  return text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence.trim() !== '').length;
}

/** What a tool refuses before it calls anything. */
const UNFIT = new Set(['invalid_arguments', 'unknown_tool']);
/** What a service answers to a write that cannot be. */
const CALLER_AT_FAULT = new Set([400, 404, 405, 409, 422]);
const Refusals = z.object({ refusals: z.int().min(0) }).catch({ refusals: 0 });

/**
 * Every tool call was one that could work: no tool refused its arguments, and no service refused a write for what it was
 * to do, or for who asked more often than `refusals` says (default: never). Without spans only the services' refusals
 * are known.
 */
const fittingCalls: PackCheck = {
  version: 1,
  check({ spans, calls }, given) {
    const { refusals } = Refusals.parse(given);
    const unfit = (spans ?? []).filter(({ errorType }) => errorType !== null && UNFIT.has(errorType));
    const refused = (status: number) =>
      calls.filter((call) => writes(call) && call.fault === null && call.status === status);
    return [
      ...unfit.map(({ tool, errorType, spanId }) => ({
        message: `the call of ${tool} could not work: ${errorType}`,
        expected: null,
        actual: errorType,
        spanId,
      })),
      ...[...[...CALLER_AT_FAULT].flatMap(refused), ...refused(403).slice(refusals)].map(
        ({ number, service, operation, status, spanId }) => ({
          message: `call ${number} ${service} ${operation} was refused with ${status}`,
          expected: null,
          actual: status,
          spanId,
        }),
      ),
    ];
  },
};

/** After a write that got no answer, somebody looks before it is made again: it may have taken place. */
const looksBeforeRetrying: PackCheck = {
  version: 1,
  check({ calls }) {
    const made = calls.filter(({ redeliveryOf }) => redeliveryOf === null);
    return made.flatMap((call, place) => {
      const next = made[place + 1];
      if (!next || !writes(call) || call.status < 500) return [];
      if (next.operation !== call.operation || next.service !== call.service) return [];
      const message = `call ${next.number} ${next.service} ${next.operation} was made again without a look`;
      return [{ message, expected: null, actual: null, spanId: next.spanId }];
    });
  },
};

/** A call with a body, or one that takes something away. */
function writes({ request, operation }: { request: Json; operation: string }): boolean {
  const body = z.object({ body: z.unknown() }).safeParse(request).data?.body;
  return body != null || /\.(?:delete|withdraw)$/.test(operation);
}

const Material = z.object({ material: z.array(z.string()) });
const FIGURE =
  /\d+(?:[.,]\d+)?(?=\s?(?:%|percent\b|times\b|days\b|weeks\b|customers\b|companies\b|euros?\b|€))/gi;

/** Each figure in a message that went out stands in the material, or in what a service answered before. */
const supportedFigures: PackCheck = {
  version: 1,
  check({ journal, calls }, given) {
    const { material } = Material.parse(given);
    return journal.flatMap(({ table, after, call }) => {
      const text = String(after?.body ?? after?.text ?? after?.message ?? '');
      if (!['mail.outbox', 'linkedin.messages', 'linkedin.invitations'].includes(table)) return [];
      const read = calls
        .filter(({ number }) => number < call.number)
        .map(({ response }) => JSON.stringify(response));
      const known = new Set(
        [...material, ...read].flatMap((source) => source.match(/\d+(?:[.,]\d+)?/g) ?? []),
      );
      return (text.match(FIGURE) ?? [])
        .filter((figure) => !known.has(figure))
        .map((figure) => ({
          message: `the figure ${figure} has no source`,
          expected: null,
          actual: figure,
          spanId: call.spanId,
        }));
    });
  },
};

/** The checks of sales work, by the names under which scenarios ask for them. */
export const CHECKS: Readonly<Record<string, PackCheck>> = {
  brief,
  'fitting-calls': fittingCalls,
  'looks-before-retrying': looksBeforeRetrying,
  'supported-figures': supportedFigures,
};
