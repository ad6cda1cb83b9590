import { canonicalJson } from '../../domain/canonical-json.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Reply } from './service.ts';

/** A writing request with an idempotency key. */
export type KeyedRequest = { principal: string; key: string; request: JsonObject };

/** What a key is known for; a request that was refused is forgotten, so that it can be mended and sent again. */
export type Recollection =
  | { kind: 'new' }
  | { kind: 'answered'; call: number; reply: Reply }
  /** The key came with another request. */
  | { kind: 'conflict'; call: number };

/** The answers of one service to requests with an idempotency key, each principal's keys apart. */
export type AnswerMemory = {
  recall(request: KeyedRequest): Recollection;
  keep(request: KeyedRequest, answer: { call: number; reply: Reply }): void;
};

export function createAnswerMemory(): AnswerMemory {
  const answers = new Map<string, { request: string; call: number; reply: Reply }>();
  const placeOf = ({ principal, key }: KeyedRequest) => JSON.stringify([principal, key]);
  return {
    recall(keyed) {
      const known = answers.get(placeOf(keyed));
      if (!known) return { kind: 'new' };
      const { request, call, reply } = known;
      return request === canonicalJson(keyed.request)
        ? { kind: 'answered', call, reply }
        : { kind: 'conflict', call };
    },
    keep(keyed, { call, reply }) {
      answers.set(placeOf(keyed), { request: canonicalJson(keyed.request), call, reply });
    },
  };
}
