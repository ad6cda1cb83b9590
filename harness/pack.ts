import type { Scenario } from '../domain/scenario.ts';
import type { SimulatedModel } from './model/simulated-model.ts';
import type { PackCheck } from './scorers/scorer.ts';
import type { Fixture, Service } from './world/service.ts';

/** A set of scenarios with the world they play in. */
export type Pack = {
  name: string;
  scenarios: readonly Scenario[];
  services: readonly Service[];
  fixtures: Readonly<Record<string, Fixture>>;
  models: readonly SimulatedModel[];
  /** By the name under which scenarios ask for them. */
  checks?: Readonly<Record<string, PackCheck>>;
};
