import { type Micros, micros } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';
import { addUsage } from '../model/add-usage.ts';
import { answerFacts, isOver } from '../model/answer-facts.ts';
import { describeError } from '../model/describe-error.ts';
import type { ModelCall, PriceOf } from '../model/model-call.ts';
import type { LineAnswer, ModelLine } from '../model/real-model.ts';
import { type Chunk, type ModelAnswer, retryAfterOf } from '../model/upstream.ts';
import type { Ledger } from './ledger.ts';
import { type HostAnswer, limitReached, type ModelHost } from './model-host.ts';
import { parseJson, refusal, textResponse, toResponse, type WorldRequest } from './world-request.ts';

/**
 * A real model behind the endpoint of one world. What it takes on the wall clock, it took on the world's; a recorded
 * answer takes as long there as it did when it was recorded, and no time on the wall.
 */
export function createRealModelHost(deps: {
  line: ModelLine;
  /** Calls that the trial may have. */
  limit: number;
  ledger: Ledger;
  /** Ends what is under way: nobody waits for it any more. */
  signal: AbortSignal;
  priceOf: PriceOf;
  /** Told of each call when its answer has come to its end. */
  onCall(call: ModelCall): void;
  /** Told why the trial says nothing of the agent: nothing is recorded for a request of it. */
  onDefect(explanation: string): void;
}): ModelHost {
  const { line, limit, ledger } = deps;
  let calls = 0;
  let usage: Usage | null = null;
  let replayed = false;
  let cutOff: string | null = null;
  let failure: string | null = null;

  const ended = (asked: Asked, answer: Heard | null) => {
    const facts = answerFacts(answer?.text ?? '');
    const names = { requested: asked.model, responded: facts.model };
    const call: ModelCall = {
      provider: line.provider,
      ...names,
      status: answer?.status ?? null,
      usage: facts.usage,
      cost: facts.usage && deps.priceOf(facts.usage, names),
      finishReason: facts.finishReason,
      retryAfter: answer ? retryAfterOf(answer.headers, Date.now()) : null,
      replayed: answer?.replayed ?? false,
      start: asked.start,
      firstToken: micros(asked.start + (answer?.first ?? 0)),
      end: micros(asked.start + (answer?.last ?? 0)),
    };
    ledger.advance(micros(Math.max(0, call.end - ledger.now)));
    replayed ||= call.replayed;
    if (call.usage) usage = addUsage(usage, call.usage);
    failure = failureOf(call, answer);
    deps.onCall(call);
  };

  const call = async (request: WorldRequest, asked: Asked, get: Get): Promise<Response> => {
    const hangUp = new AbortController();
    const over = [deps.signal, ...(request.signal ? [request.signal] : [])];
    try {
      const found = await get(AbortSignal.any([...over, hangUp.signal]));
      const heard: Heard = { ...found, replayed: false, text: '', first: null, last: micros(0) };
      const end = () => ended(asked, heard);
      if (isStream(found.headers)) return streamed(found, heard, end, () => hangUp.abort());
      for await (const chunk of found.chunks) hear(heard, chunk);
      end();
      return textResponse(found.status, heard.text, found.headers);
    } catch (error) {
      ended(asked, null);
      const explanation = `${line.provider} gave no answer: ${describeError(error)}`;
      if (!over.some(({ aborted }) => aborted)) failure = explanation;
      return toResponse(refusal(502, 'upstream_unreachable', explanation));
    }
  };

  const answer = async (request: WorldRequest): Promise<HostAnswer> => {
    const { method, url, text, headers } = request;
    if (calls >= limit) {
      cutOff ??= limitReached(limit);
      return refused(429, 'model_call_limit', `The trial's limit of ${limit} model calls is reached.`);
    }
    calls += 1;
    const asked: Asked = { start: ledger.now, model: modelIn(text) };
    const path = url.pathname.replace(/^\/v1(?=\/|$)/, '');
    const found = await line.ask({ method, path, search: url.search, headers, text });
    switch (found.kind) {
      case 'live':
        return { pending: call(request, asked, found.call) };
      case 'replay': {
        const heard: Heard = { ...found, replayed: true, text: '', first: null, last: micros(0) };
        for (const chunk of found.chunks) hear(heard, chunk);
        ended(asked, heard);
        return replayedResponse(found);
      }
      case 'miss':
        deps.onDefect(found.explanation);
        return refused(500, 'cassette_miss', found.explanation);
    }
  };

  return {
    async answer(request) {
      try {
        return await answer(request);
      } catch (error) {
        deps.onDefect(`the cassette broke: ${describeError(error)}`);
        return refused(500, 'world_defect', describeError(error));
      }
    },
    get calls() {
      return calls;
    },
    get usage() {
      return usage;
    },
    get replayed() {
      return replayed;
    },
    get cutOff() {
      return cutOff;
    },
    get failure() {
      return failure;
    },
  };
}

type Get = Extract<LineAnswer, { kind: 'live' }>['call'];

type Asked = { start: Micros; model: string | null };

/** What has come of an answer so far. `first`, `last`: since the request. */
type Heard = Pick<ModelAnswer, 'status' | 'headers'> & {
  replayed: boolean;
  text: string;
  first: Micros | null;
  last: Micros;
};

function hear(heard: Heard, { at, text }: Chunk): void {
  heard.text += text;
  heard.first ??= at;
  heard.last = at;
}

function isStream(headers: ModelAnswer['headers']): boolean {
  return headers['content-type']?.startsWith('text/event-stream') ?? false;
}

/** Hands the answer on piece by piece. `onEnd` comes before the last piece does, and once. */
function streamed(answer: ModelAnswer, heard: Heard, onEnd: () => void, hangUp: () => void): Response {
  let isEnded = false;
  const end = () => {
    if (!isEnded) onEnd();
    isEnded = true;
  };
  const chunks = answer.chunks[Symbol.asyncIterator]();
  return streamResponse(answer, {
    async pull(controller) {
      try {
        const { value, done } = await chunks.next();
        if (done) {
          end();
          return controller.close();
        }
        hear(heard, value);
        if (isOver(value.text)) end();
        controller.enqueue(value.text);
      } catch (error) {
        end();
        controller.error(error);
      }
    },
    async cancel() {
      end();
      await chunks.return?.();
      hangUp();
    },
  });
}

/**
 * A recorded answer, in the pieces in which it came. All of its time has passed on the world's clock before the first is
 * read: how a reader dawdles must not show there.
 */
function replayedResponse(
  answer: Pick<ModelAnswer, 'status' | 'headers'> & { chunks: readonly Chunk[] },
): Response {
  if (!isStream(answer.headers)) {
    return textResponse(answer.status, answer.chunks.map(({ text }) => text).join(''), answer.headers);
  }
  return streamResponse(answer, {
    start(controller) {
      for (const { text } of answer.chunks) controller.enqueue(text);
      controller.close();
    },
  });
}

function streamResponse(
  { status, headers }: Pick<ModelAnswer, 'status' | 'headers'>,
  source: UnderlyingDefaultSource<string>,
): Response {
  const body = new ReadableStream(source, { highWaterMark: 0 }).pipeThrough(new TextEncoderStream());
  return new Response(body, { status, headers });
}

/**
 * Why the agent has no answer, where that is not its doing: the provider refuses its key, knows no such model, is
 * overloaded or broken. The next answer makes it forgotten.
 */
function failureOf(call: ModelCall, answer: Heard | null): string | null {
  const { status } = call;
  if (status === null || status < 400 || status === 400 || status === 422) return null;
  const said = answer?.text.slice(0, 300) ?? '';
  return `${call.provider} answered ${status}: ${said}`;
}

function refused(status: number, code: string, message: string): Response {
  const type = status === 429 ? 'rate_limit_error' : 'invalid_request_error';
  // The openai client would wait and try again, in vain.
  const headers = { 'x-should-retry': 'false' };
  return toResponse({ status, body: { error: { message, type, param: null, code } }, headers });
}

function modelIn(text: string): string | null {
  const body = parseJson(text);
  const model = body !== null && typeof body === 'object' && !Array.isArray(body) ? body.model : null;
  return typeof model === 'string' ? model : null;
}
