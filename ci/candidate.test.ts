import { describe, expect, it } from 'vitest';
import { RunId } from '../domain/ids.ts';
import { candidateOf } from './candidate.ts';
import { MISSED, PASSED, sampleReport, sampleRun, scenarioId } from './sample-run.ts';

const trials = [
  sampleReport('sdr/b', 1, PASSED),
  sampleReport('sdr/b', 0, MISSED),
  sampleReport('sdr/a', 10, PASSED),
  sampleReport('sdr/a', 2, PASSED),
];

describe('candidateOf', () => {
  it('orders the trials by scenario and index', () => {
    const places = candidateOf(sampleRun(), trials).trials.map((trial) => [trial.scenarioId, trial.index]);
    expect(places).toEqual([
      ['sdr/a', 2],
      ['sdr/a', 10],
      ['sdr/b', 0],
      ['sdr/b', 1],
    ]);
  });

  it('takes the scenarios from the trials, or from the caller who knows better', () => {
    expect(candidateOf(sampleRun(), trials).scenariosPlanned).toEqual(['sdr/a', 'sdr/b']);
    expect(candidateOf(sampleRun(), trials, [scenarioId('sdr/c')]).scenariosPlanned).toEqual(['sdr/c']);
  });

  it('knows a run without an end, as the results of an interrupted one are', () => {
    expect(candidateOf(sampleRun(), trials).ended).toBe(true);
    expect(candidateOf(sampleRun({ end: null }), trials).ended).toBe(false);
  });

  it('is replayed where one of its trials is', () => {
    expect(candidateOf(sampleRun(), trials).replayed).toBe(false);
    const replay = sampleReport('sdr/a', 0, PASSED, { replayed: true });
    expect(candidateOf(sampleRun(), [...trials, replay]).replayed).toBe(true);
  });

  it('refuses a trial of another run', () => {
    const stranger = sampleReport('sdr/a', 0, PASSED, { runId: RunId.parse('other') });
    expect(() => candidateOf(sampleRun(), [...trials, stranger])).toThrow(/of run other/);
  });
});
