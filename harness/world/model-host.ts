import { micros } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';
import { addUsage } from '../model/add-usage.ts';
import { answerChat } from '../model/chat-endpoint.ts';
import type { ModelCall, PriceOf } from '../model/model-call.ts';
import type { SimulatedModel } from '../model/simulated-model.ts';
import type { Ledger } from './ledger.ts';
import { modelCallLatency, SMALL_MODEL_SHARE } from './virtual-latency.ts';
import { refusal, textResponse, toResponse, type WorldRequest } from './world-request.ts';

/** The model of one world behind its endpoint. */
export type ModelHost = {
  readonly calls: number;
  /** Of all calls so far, estimated for a simulated model; `null` where no answer said anything. */
  readonly usage: Usage | null;
  /** An answer came from a cassette. */
  readonly replayed: boolean;
  /** Why it stopped answering, once it has. */
  readonly cutOff: string | null;
  /** Why the last call had no answer, where that is not the agent's doing. */
  readonly failure: string | null;
  answer(request: WorldRequest): HostAnswer | Promise<HostAnswer>;
};

/** `pending`: the answer comes from outside, and nothing in the world waits for it. */
export type HostAnswer = Response | { pending: Promise<Response> };

/** The first figure is the limit that was reached, for people. */
export function limitReached(limit: number): string {
  return `the limit of ${limit} model calls was reached`;
}

export function createModelHost(deps: {
  model: SimulatedModel;
  /** Completions that the trial may have. */
  limit: number;
  ledger: Ledger;
  random(): number;
  priceOf: PriceOf;
  /** Told of each completion. */
  onCall(call: ModelCall): void;
  /** Told when the model's policy throws: the trial then says nothing of the agent. */
  onDefect(explanation: string): void;
}): ModelHost {
  const { model, limit, ledger, random } = deps;
  let calls = 0;
  let usage: Usage | null = null;
  let cutOff: string | null = null;

  const latency = (output: number, asked: string) => {
    const share = asked === model.name ? 1 : SMALL_MODEL_SHARE;
    return micros(modelCallLatency(output) * (model.slowness ?? 1) * share);
  };
  const answerOrThrow = ({ method, url, text }: WorldRequest): Response => {
    const number = calls + 1;
    const answer = answerChat({
      model,
      method,
      path: url.pathname,
      text,
      number,
      limit,
      now: ledger.now,
      random,
    });
    if (answer.kind === 'completion') {
      const used = {
        input: answer.usage.input,
        cacheRead: 0,
        cacheWrite: 0,
        output: answer.usage.output,
        reasoning: 0,
      };
      const names = { requested: answer.model, responded: answer.model };
      const start = ledger.now;
      calls = number;
      usage = addUsage(usage, used);
      ledger.advance(latency(used.output, answer.model));
      deps.onCall({
        provider: 'simulated',
        ...names,
        status: answer.status,
        usage: used,
        cost: deps.priceOf(used, names),
        finishReason: answer.finishReason,
        retryAfter: null,
        replayed: false,
        start,
        firstToken: micros(start + latency(0, answer.model)),
        end: ledger.now,
      });
    }
    if (answer.kind === 'limit') cutOff ??= limitReached(limit);
    return textResponse(answer.status, answer.body, answer.headers);
  };

  return {
    get calls() {
      return calls;
    },
    get usage() {
      return usage;
    },
    replayed: false,
    get cutOff() {
      return cutOff;
    },
    failure: null,
    answer(request) {
      try {
        return answerOrThrow(request);
      } catch (error) {
        const explanation = `the simulated model ${model.name} broke: ${error instanceof Error ? error.message : error}`;
        deps.onDefect(explanation);
        const reply = refusal(500, 'world_defect', explanation);
        // The openai client would wait and try again, in vain.
        return toResponse({ ...reply, headers: { 'x-should-retry': 'false' } });
      }
    },
  };
}
