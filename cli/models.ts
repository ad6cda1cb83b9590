import { readFileSync } from 'node:fs';
import { AppError } from '../domain/errors.ts';
import { schemaProblem } from '../domain/field-problem.ts';
import {
  createRealModel,
  findSimulatedModel,
  ModelScript,
  type Pack,
  type RealModel,
  type SimulatedModel,
  scriptedModel,
} from '../harness/index.ts';
import type { Provider } from './provider.ts';

/** The model an agent is rehearsed with: a simulated one, or a real one. Neither: the agent brings its own. */
export type ChosenModel = {
  name: string;
  simulated: SimulatedModel | null;
  real: RealModel | null;
  /** The host of a real model: runs that ask the same one share what it bears. `null` for a simulated one. */
  provider: string | null;
};

/** What begins a `--model` that is a file of moves. */
const scriptPrefix = 'script:';

/**
 * Names that begin with `sim/` are the pack's simulated models (the first of them by default), with faults where they are
 * named; `script:<file>` plays the moves of a file; any other is a real model.
 *
 * @throws AppError UNKNOWN_MODEL where there is none of that name, or no key for a real one that is to be asked
 */
export function chooseModel(pack: Pack, name: string | undefined, provider: Provider | null): ChosenModel {
  if (name?.startsWith(scriptPrefix)) return simulatedModel(readScript(name.slice(scriptPrefix.length)));
  const [first] = pack.models;
  if (name === undefined) {
    if (first) return simulatedModel(first);
    throw unknown(`expected a real model: ${pack.name} has no other, got none`);
  }
  if (name.startsWith('sim/')) {
    const found = findSimulatedModel(pack.models, name);
    if ('problem' in found) throw unknown(found.problem);
    return simulatedModel(found);
  }
  if (!provider?.usable) {
    const names = pack.models.map((model) => model.name).join(', ') || 'a real model';
    throw unknown(`expected ${names}, got "${name}"`);
  }
  return realModel(name, provider);
}

/** The model that plays users of kind `model`, where REHEARSE_USER_MODEL names one. */
export function userModel(provider: Provider): RealModel | null {
  const name = provider.userModelName;
  return name === null ? null : realModel(name, provider).real;
}

function simulatedModel(simulated: SimulatedModel): ChosenModel {
  return { name: simulated.name, simulated, real: null, provider: null };
}

function realModel(name: string, { upstream, ask, cassette }: Provider): ChosenModel & { real: RealModel } {
  const real = createRealModel({ name, upstream, ask, cassette });
  return { name, simulated: null, real, provider: new URL(upstream.url).host };
}

function readScript(path: string): SimulatedModel {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unknown(
      `expected a file of moves (JSON), got ${path}: ${error instanceof Error ? error.message : error}`,
    );
  }
  const script = ModelScript.safeParse(value);
  if (!script.success) throw unknown(`${path}: ${schemaProblem(script.error, value)}`);
  return scriptedModel(script.data);
}

function unknown(message: string): AppError {
  return new AppError('UNKNOWN_MODEL', message);
}
