import type { Run } from '../domain/run.ts';
import {
  type Agent,
  type Door,
  openDoor,
  openGateway,
  openStage,
  type Pack,
  type Play,
} from '../harness/index.ts';
import type { CollectorClient } from './collector-client.ts';
import { pricesToday } from './model-price.ts';
import { type ChosenModel, userModel } from './models.ts';
import type { Provider } from './provider.ts';

/** A run as it is played: by whom, with which model. */
export type Cast = {
  run: Run;
  agent: Agent;
  model: ChosenModel;
  /** Variables for the agent in this run alone. */
  environment?: Record<string, string>;
};

export type DoorName = 'in-process' | 'http';

/** All of the collector that an agent may reach: it must not write to the runs and trials it is judged by. */
const otlpPaths = ['/v1/traces', '/v1/logs', '/v1/metrics'];

/** A cheaper real model, for agents that give simple work to one: it is asked as the other one is. */
const { OPENAI_SMALL_MODEL } = process.env;
const smallModel = OPENAI_SMALL_MODEL ? { OPENAI_SMALL_MODEL } : {};

/** Makes this process ready to play the trials of some runs, each of which `play` finds by its plan. */
export async function playHere(options: {
  pack: Pack;
  casts: readonly Cast[];
  /** Where spans go and are read; `null`: no spans. */
  collector: Pick<CollectorClient, 'url' | 'spans'> | null;
  /** How the agents reach their worlds: intercepted in this process (the default), or by addresses of a gateway. */
  door?: DoorName;
  /** Variables for the agents beside those of their worlds. */
  environment?: Record<string, string>;
  /** `false`: the agents send none, and trials are judged by what the world saw. */
  waitForSpans?: boolean;
  /** Whose models play users; default: nobody's. */
  provider?: Provider;
}): Promise<{ play: Play; close(): Promise<void> }> {
  const { pack, casts, collector } = options;
  const door = await openDoorTo(options.door ?? 'in-process', collector?.url ?? null);
  const stages = await Promise.all(
    casts.map(async ({ run, agent, model, environment }) => {
      const stage = await openStage(
        {
          run,
          pack,
          agent,
          model: model.simulated ?? model.real,
          userModel: options.provider ? userModel(options.provider) : null,
          door,
          spans: options.waitForSpans === false ? null : (collector?.spans ?? null),
          environment: { ...options.environment, ...(model.real && smallModel), ...environment },
          priceOf: pricesToday(),
        },
        pack.scenarios,
      );
      return [run.id, stage] as const;
    }),
  );
  const byRun = new Map(stages);
  return {
    async play(plan, signal, tell) {
      const stage = byRun.get(plan.runId);
      if (!stage) throw new Error(`run ${plan.runId} is not played here`);
      return stage.play(plan, signal, tell);
    },
    async close() {
      door.close();
      for (const [, stage] of stages) await stage.close();
    },
  };
}

async function openDoorTo(name: DoorName, collectorUrl: string | null): Promise<Door> {
  if (name === 'http') return openGateway({ direct: collectorUrl ? [collectorUrl] : [] });
  const telemetry = collectorUrl ? otlpPaths.map((path) => new URL(path, collectorUrl).href) : [];
  return openDoor({ passthrough: [], telemetry });
}
