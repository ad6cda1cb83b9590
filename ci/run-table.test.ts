import { expect, it } from 'vitest';
import { runTable } from './run-table.ts';
import { MISSED, PASSED, sampleReport, sampleRun, VOID } from './sample-run.ts';

it('sets runs side by side, the others against the first', () => {
  const trials = (outcomes: readonly (typeof PASSED)[]) =>
    outcomes.map((outcome, index) => sampleReport('sdr/a', index, outcome));
  const first = { run: sampleRun(), trials: trials([PASSED, PASSED, PASSED, PASSED]) };
  const second = {
    run: sampleRun({ model: 'gpt-4o', simulated: false }),
    trials: trials([PASSED, MISSED, MISSED, MISSED, VOID]),
  };
  const none = { run: sampleRun({ agent: 'julian' }), trials: [] };
  expect(runTable([first, second, none])).toBe(
    [
      'agent              model                pass  fail  void  pass rate  95 % interval      against the first  virtual latency  cost a trial',
      'alice-react 0.1.0  sim/sdr (simulated)     4     0     0      100 %    51 to 100 %                      -            5.5 s       $0.0042',
      'alice-react 0.1.0  gpt-4o                  1     3     1       25 %      5 to 70 %  -75.0 (-95.4 to -8.5)            5.5 s       $0.0042',
      'julian 0.1.0       sim/sdr (simulated)     0     0     0          -              -                      -                -      unpriced',
      '',
    ].join('\n'),
  );
});
