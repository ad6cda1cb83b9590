import { describe, expect, it } from 'vitest';
import { MISSED, sampleReport as sampleTrialReport } from '../sample-run.ts';
import { annotationLines, annotationsOf } from './annotations.ts';
import { sampleReport } from './sample-report.ts';

describe('annotations', () => {
  it('stand on the line of the scenario that they are about', () => {
    const place = { file: 'scenarios/sdr/opt-out.scenario.ts', line: 12 };
    expect(annotationsOf(sampleReport()).map(({ level, place, title }) => [level, place, title])).toEqual([
      ['error', null, 'Fail: 11 of 15 (73.3 %) passed, 47 of 48 (97.9 %) before'],
      ['error', place, 'sdr/opt-out: what must never happen'],
      ['error', place, 'sdr/opt-out became worse'],
      ['warning', null, 'sdr/first-touch looks worse'],
      ['warning', null, 'sdr/out-of-office was not measured'],
    ]);
  });

  it('are one command a line, whatever an agent wrote', () => {
    const lines = annotationLines(sampleReport()).trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(
      lines.filter((line) => !/^::(error|warning) (file=[\w/.-]+,line=12,)?title=[^:,]*::/.test(line)),
    ).toEqual([]);
  });

  it('say nothing of a run that passed', () => {
    const { verdict } = sampleReport();
    expect(
      annotationLines(sampleReport({ verdict: { ...verdict, kind: 'pass', reasons: [], evidence: null } })),
    ).toBe('');
  });

  it('are ten of a kind at most, and count the others', () => {
    const trials = Array.from({ length: 30 }, (_, n) => sampleTrialReport(`sdr/s${n}`, 0, MISSED));
    const { verdict } = sampleReport();
    const reasons = trials.map(({ id, scenarioId }) => ({
      code: 'forbidden-effect',
      message: 'x',
      scenarioId,
      trials: [id],
    }));
    const lines = annotationLines(sampleReport({ trials, verdict: { ...verdict, reasons, evidence: null } }))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toMatch(/%0Aand 21 more$/);
  });
});
