import type { World } from './world.ts';

/** The way from an agent into its world. */
export type Door = {
  /**
   * Runs a trial: the requests that an agent makes in `run` go to `world`, whose addresses are in the `environment` it
   * is given. Trials may overlap. Once `run` has settled, the world is shut to whoever is left behind.
   */
  inside<T>(world: World, run: (environment: Record<string, string>) => Promise<T>): Promise<T>;
  /** Takes the way away. */
  close(): void;
};
