import type { Micros, NanoUsd } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';

/** What one call of a trial's model came to. */
export type ModelCall = {
  /** `simulated`, or the host that answers: `api.openai.com`. */
  provider: string;
  /** The model that was asked; `null` where the request names none. */
  requested: string | null;
  /** The model that answered, as it says itself. */
  responded: string | null;
  /** HTTP status; `null` where no answer came. */
  status: number | null;
  /** `null` where the answer does not say, as a stream that was not asked to. */
  usage: Usage | null;
  /** `null` where the model is unpriced or the usage is not known. */
  cost: NanoUsd | null;
  finishReason: string | null;
  /** Milliseconds after which the provider wants to be asked again; `null` where it does not say. */
  retryAfter: number | null;
  /** It came from a cassette: nobody was asked, and nothing was spent. */
  replayed: boolean;
  /** On the world's clock: when it was asked, when the first piece of the answer came, when the last. */
  start: Micros;
  firstToken: Micros;
  end: Micros;
};

/** What a call's usage costs; `null` where its model is unpriced. */
export type PriceOf = (usage: Usage, call: Pick<ModelCall, 'requested' | 'responded'>) => NanoUsd | null;
