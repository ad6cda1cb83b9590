import type { Usage } from '../../domain/usage.ts';
import { answerChat } from '../model/chat-endpoint.ts';
import type { SimulatedModel } from '../model/simulated-model.ts';
import type { Ledger } from './ledger.ts';
import { modelCallLatency } from './virtual-latency.ts';
import { refusal, textResponse, toResponse, type WorldRequest } from './world-request.ts';

/** The simulated model of one world behind its endpoint. */
export type ModelHost = {
  readonly calls: number;
  /** Estimated tokens of all calls so far. */
  readonly usage: Usage;
  /** Why it stopped answering, once it has. */
  readonly cutOff: string | null;
  answer(request: WorldRequest): Response;
};

export function createModelHost(deps: {
  model: SimulatedModel;
  /** Completions that the trial may have. */
  limit: number;
  ledger: Ledger;
  random(): number;
  /** Told what each completion used. */
  onCompletion(usage: Usage): void;
  /** Told when the model's policy throws: the trial then says nothing of the agent. */
  onDefect(explanation: string): void;
}): ModelHost {
  const { model, limit, ledger, random } = deps;
  let calls = 0;
  let usage: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
  let cutOff: string | null = null;

  const answerOrThrow = ({ method, url, text }: WorldRequest) => {
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
      const { input, output } = answer.usage;
      calls = number;
      usage = { ...usage, input: (usage.input ?? 0) + input, output: (usage.output ?? 0) + output };
      ledger.advance(modelCallLatency(output));
      deps.onCompletion({ input, cacheRead: 0, cacheWrite: 0, output, reasoning: 0 });
    }
    if (answer.kind === 'limit') cutOff ??= `the limit of ${limit} model calls was reached`;
    return textResponse(answer.status, answer.body, answer.headers);
  };

  return {
    get calls() {
      return calls;
    },
    get usage() {
      return usage;
    },
    get cutOff() {
      return cutOff;
    },
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
