import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Run } from '../../../domain/run.ts';
import type { Trial } from '../../../domain/trial.ts';
import { runTrials } from '../../runner/run-trials.ts';
import type { Door } from '../door.ts';
import { openGateway } from '../gateway.ts';
import { openDoor } from '../msw-door.ts';
import { type Recording, scenarioIdOf } from './recording.ts';
import { importTauAirline, replayAgent, summarise, summaryLine } from './tau-airline.ts';

const directory = resolve(import.meta.dirname, '../../../../shared/data/tau-airline');

const run = Run.parse({
  id: 'tau-airline-replay',
  pack: 'tau-airline',
  agent: 'tau-bench-gpt-4o',
  agentVersion: 'recorded',
  model: 'gpt-4o',
  simulated: false,
  replayed: true,
  seed: 'recorded',
  commit: null,
  trialsPlanned: 100,
  start: 0,
  end: null,
  verdict: null,
});

describe.skipIf(!existsSync(directory))(`a run of the recordings (skipped without ${directory})`, () => {
  let trials: Trial[];
  let throughGateway: Trial[];
  let recordings: Recording[];

  beforeAll(async () => {
    const imported = await importTauAirline(directory);
    recordings = imported.recordings;
    const play = async (door: Door) => {
      const played: Trial[] = [];
      try {
        await runTrials({
          run,
          pack: imported.pack,
          scenarios: imported.pack.scenarios,
          agent: replayAgent(recordings, { runId: run.id, flush: async () => {} }),
          model: null,
          door,
          spans: null,
          trialsPerScenario: 2,
          concurrency: 8,
          signal: new AbortController().signal,
          onTrial: (trial) => void played.push(trial),
        });
      } finally {
        door.close();
      }
      return played;
    };
    trials = await play(openDoor({ passthrough: [] }));
    throughGateway = await play(await openGateway({ direct: [] }));
  });

  const trialOf = (task: number, index: number) =>
    trials.find((trial) => trial.scenario.id === scenarioIdOf(task) && trial.index === index);

  it('agrees with the third party on every verdict and every output', () => {
    const summary = summarise(trials, recordings);
    expect(summary.disagreements).toEqual([]);
    expect(summaryLine(summary)).toBe('tau-airline: verdicts 100/100 outputs 572/572');
    expect([summary.passHat1, summary.passHat2]).toEqual([0.43, 0.24]);
  });

  it('gives the same calls, journals and verdicts through the gateway', () => {
    expect(summaryLine(summarise(throughGateway, recordings))).toBe(
      'tau-airline: verdicts 100/100 outputs 572/572',
    );
    expect(throughGateway).toHaveLength(trials.length);
    for (const { id, journal, calls, outcome, figures } of throughGateway) {
      const inProcess = trials.find((trial) => trial.id === id);
      expect(journal).toEqual(inProcess?.journal);
      expect(calls).toEqual(inProcess?.calls);
      expect(outcome).toEqual(inProcess?.outcome);
      expect(figures.virtualDuration).toBe(inProcess?.figures.virtualDuration);
    }
    expect(throughGateway.flatMap(({ calls }) => calls)).toHaveLength(572);
  });

  it('counts a run that was cut as failed, though one of the two reached the right end', () => {
    const cut = recordings.filter(({ finished }) => !finished);
    expect(cut.map(({ scenarioId, index }) => `${scenarioId}#${index}`)).toEqual([
      'tau-airline/task-33#0',
      'tau-airline/task-02#1',
    ]);
    expect(trialOf(33, 0)?.outcome.kind).toBe('failed');
    expect(trialOf(2, 1)?.outcome.kind).toBe('failed');
    const effects = trialOf(2, 1)?.scores.find(({ axis }) => axis === 'effects');
    expect(effects).toMatchObject({ pass: true });
  });

  it('explains a failure by the write that was wrong', () => {
    expect(trialOf(0, 0)?.outcome).toMatchObject({
      kind: 'failed',
      failure: 'harm',
      explanation: expect.stringContaining('airline.reservations'),
    });
  });
});
