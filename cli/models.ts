import { AppError } from '../domain/errors.ts';
import type { Pack, SimulatedModel } from '../harness/index.ts';

/** The model an agent is rehearsed with: a simulated one of its pack, or a real one behind OPENAI_BASE_URL. */
export type ChosenModel = {
  name: string;
  /** `null` for a real model. */
  simulated: SimulatedModel | null;
  /** Variables that reach the agent. */
  environment: Record<string, string>;
  /** Where the agent may call beyond its world: the URLs and what lies below them. */
  passthrough: string[];
  /** The host of a real model: runs that ask the same one share what it bears. `null` for a simulated one. */
  provider: string | null;
};

const openaiUrl = 'https://api.openai.com/v1';

/**
 * Names that begin with `sim/` are the pack's simulated models (the first of them by default); any other is a real
 * model, which needs a key or a base URL.
 *
 * @throws AppError UNKNOWN_MODEL
 */
export function chooseModel(
  pack: Pack,
  name: string | undefined,
  environment: NodeJS.ProcessEnv,
): ChosenModel {
  const simulated = name === undefined ? pack.models[0] : pack.models.find((model) => model.name === name);
  if (simulated) return { name: simulated.name, simulated, environment: {}, passthrough: [], provider: null };
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl } = environment;
  if (name === undefined || name.startsWith('sim/') || (!key && !baseUrl)) {
    const names =
      pack.models.map((model) => model.name).join(', ') || `a real model: ${pack.name} has no other`;
    throw new AppError(
      'UNKNOWN_MODEL',
      `expected ${names}, got ${name === undefined ? 'none' : `"${name}"`}`,
    );
  }
  const url = baseUrl ?? openaiUrl;
  return {
    name,
    simulated: null,
    environment: { OPENAI_MODEL: name, OPENAI_BASE_URL: url, OPENAI_API_KEY: key ?? 'none' },
    passthrough: [url],
    provider: new URL(url).host,
  };
}
