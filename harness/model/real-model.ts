import type { ScenarioId } from '../../domain/ids.ts';
import { isOver } from './answer-facts.ts';
import type { Cassette, Taken } from './cassette/cassette.ts';
import type { Place, Recording } from './cassette/recording.ts';
import type { AskUpstream, Chunk, ModelAnswer, ModelRequest, Upstream } from './upstream.ts';

/** A model behind an API like OpenAI's, asked directly or by way of a cassette. */
export type RealModel = {
  /** `gpt-4.1-mini` */
  name: string;
  /** The host that answers: `api.openai.com`. */
  provider: string;
  /** The line to it for one trial's agent, or for the user of one. */
  forTrial(place: Pick<Place, 'of'> & { scenario: ScenarioId; trial: number }): ModelLine;
};

/** An answer that was recorded, or the call that gets one. */
export type LineAnswer =
  | { kind: 'replay'; status: number; headers: Record<string, string>; chunks: readonly Chunk[] }
  | {
      kind: 'live';
      /**
       * Rejects where no answer comes or `signal` is aborted. Chunks reject where the answer breaks off; whoever stops
       * reading them hangs up.
       */
      call(signal: AbortSignal): Promise<ModelAnswer>;
    }
  /** Nothing is recorded, and nothing may be asked. */
  | { kind: 'miss'; explanation: string };

export type ModelLine = Pick<RealModel, 'name' | 'provider'> & {
  ask(request: ModelRequest): Promise<LineAnswer>;
};

/** `cassette` `null`: every request is asked for, and none is kept. */
export function createRealModel(deps: {
  name: string;
  upstream: Upstream;
  ask: AskUpstream;
  cassette: Cassette | null;
}): RealModel {
  const { name, upstream, ask, cassette } = deps;
  const provider = new URL(upstream.url).hostname;
  return {
    name,
    provider,
    forTrial({ of, scenario, trial }) {
      const tape = cassette?.tape({ of, scenario, trial }) ?? null;
      return {
        name,
        provider,
        async ask(request) {
          const call = (signal: AbortSignal) => ask(upstream, request, signal);
          if (!tape) return { kind: 'live', call };
          const taken = await tape.take(request);
          if (taken.kind === 'miss') return taken;
          if (taken.kind === 'replay') return replayOf(taken.recording);
          return { kind: 'live', call: (signal) => recorded(taken, () => call(signal)) };
        },
      };
    },
  };
}

function replayOf({ status, headers, chunks }: Recording): LineAnswer {
  return { kind: 'replay', status, headers, chunks: chunks.map(([at, text]) => ({ at, text })) };
}

type Slot = Extract<Taken, { kind: 'ask' }>;

async function recorded(slot: Slot, call: () => Promise<ModelAnswer>): Promise<ModelAnswer> {
  try {
    const answer = await call();
    if (!isTransient(answer.status)) return { ...answer, chunks: kept(answer, slot) };
    slot.release();
    return answer;
  } catch (error) {
    slot.release();
    throw error;
  }
}

/** What clients ask again: it says nothing of what the model would answer. */
function isTransient(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** The chunks, written down when they have come to their end; not at all where they break off. */
async function* kept(
  { status, headers, chunks }: ModelAnswer,
  { keep, release }: Slot,
): AsyncGenerator<Chunk> {
  const heard: Chunk[] = [];
  let over = false;
  try {
    for await (const chunk of chunks) {
      heard.push(chunk);
      over = isOver(chunk.text);
      yield chunk;
    }
    over = true;
  } finally {
    if (over) await keep({ status, headers, chunks: heard });
    else release();
  }
}
