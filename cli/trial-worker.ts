import type { Run } from '../domain/run.ts';
import { type Play, serveTrials } from '../harness/index.ts';
import { loadAgent } from './agents.ts';
import { collectorClient } from './collector-client.ts';
import { chooseModel } from './models.ts';
import { chooseScenarios, loadPack } from './packs.ts';
import { playHere } from './play-here.ts';
import { openProvider } from './provider.ts';

/** What a worker needs to know to play the trials of some runs of one agent: all of it as JSON. */
export type WorkerSetup = {
  /** Name or file. */
  pack: string;
  scenario: string[] | undefined;
  /** Entry file. */
  agent: string;
  /** With the names of their models, as the command was given them, and variables for the agent. */
  runs: { run: Run; model: string | undefined; environment?: Record<string, string> }[];
  collectorUrl: string | null;
  waitForSpans: boolean;
};

async function open(setup: WorkerSetup): Promise<Play> {
  const pack = chooseScenarios(await loadPack(setup.pack), setup.scenario);
  const agent = await loadAgent(setup.agent, setup.collectorUrl);
  const collector = setup.collectorUrl ? collectorClient(setup.collectorUrl, { lasting: true }) : null;
  const provider = await openProvider(process.env);
  const casts = setup.runs.map(({ model, ...own }) => ({
    ...own,
    agent,
    model: chooseModel(pack, model, provider),
  }));
  return (await playHere({ pack, casts, collector, provider, waitForSpans: setup.waitForSpans })).play;
}

serveTrials((setup) => open(setup as WorkerSetup));
