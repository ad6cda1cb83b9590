import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../domain/outcome.ts';
import type { Verdict } from '../domain/verdict.ts';
import { candidateOf } from './candidate.ts';
import { judge } from './gate.ts';
import { DEFAULT_POLICY } from './gate-policy.ts';
import { sampleReport as comparedReport } from './reports/sample-report.ts';
import { MISSED, PASSED, sampleReport, sampleRun, VOID } from './sample-run.ts';
import { verdictTable } from './verdict-table.ts';

const trials = [
  sampleReport('sdr/reply-in-thread', 2, VOID),
  sampleReport('sdr/reply-in-thread', 1, MISSED),
  sampleReport('sdr/reply-in-thread', 0, PASSED),
  ...[0, 1, 2].map((index) => sampleReport('sdr/opt-out', index, PASSED)),
];
const plain = { color: false };

describe('verdictTable', () => {
  it('shows scenarios, failures, voids and the verdict', () => {
    const verdict = judge({
      candidate: candidateOf(sampleRun(), trials),
      baseline: null,
      policy: { ...DEFAULT_POLICY, voidShare: 1 },
    });
    expect(verdictTable(sampleRun({ verdict }), trials, plain)).toBe(
      `sdr: alice-react 0.1.0 on sim/sdr (simulated), seed 7, run 2026-11-22t17-03-11-4f2a

scenario             trials    pass rate  95 % interval  virtual latency   cost
sdr/opt-out          ✓✓✓           100 %    44 to 100 %              5 s  $0.01
sdr/reply-in-thread  ✓✗○            50 %      9 to 91 %            4.5 s  $0.01
2 scenarios          4✓ 1✗ 1○       80 %     38 to 96 %              5 s  $0.03

Failed
  ✗ sdr/reply-in-thread #2  missed: no mail to Dana was sent

Void: these say nothing about the agent
  ○ sdr/reply-in-thread #3  infrastructure: the model answered 503

CANNOT MEASURE
  There is no baseline to compare with. Make one from a run you trust: rehearse bless <results> --out <baseline>. [baseline-missing]
`,
    );
  });

  it('says the same in colour, and nothing of colour without', () => {
    const verdict: Verdict = judge({
      candidate: candidateOf(sampleRun(), trials),
      baseline: null,
      policy: DEFAULT_POLICY,
    });
    const run = sampleRun({ verdict });
    const coloured = verdictTable(run, trials, { color: true });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(verdictTable(run, trials, plain));
  });

  it('keeps what an agent wrote on one line and off the terminal', () => {
    const outcome = { kind: 'failed', failure: 'harm', explanation: 'a\nb\u001b[2J\u202ec' } as const;
    const text = verdictTable(sampleRun(), [sampleReport('sdr/x', 0, outcome)], plain);
    expect(text).toContain('harm: a b\ufffd[2J\ufffdc\n');
    expect(text).not.toContain('\u001b');
  });

  it('marks a sum of which a part is unpriced', () => {
    const { figures, ...priced } = sampleReport('sdr/x', 1, PASSED);
    const free = { ...priced, figures: { ...figures, cost: null } };
    expect(verdictTable(sampleRun(), [sampleReport('sdr/x', 0, PASSED), free], plain)).toContain('≥ $0.0042');
    expect(verdictTable(sampleRun(), [free], plain)).toContain('unpriced');
  });

  it('counts where drawing or explaining each trial would flood the screen', () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      sampleReport('sdr/x', index, { ...MISSED, explanation: `no mail ${index}` } as Outcome),
    );
    const text = verdictTable(sampleRun(), many, plain);
    expect(text).toContain('25✗');
    expect(text.match(/missed:/g)).toHaveLength(20);
    expect(text).toContain('\n  and 5 more\n');
  });

  it('tells of trials that went wrong alike once', () => {
    const many = Array.from({ length: 8 }, (_, index) => sampleReport('sdr/x', index, MISSED));
    const text = verdictTable(sampleRun(), [...many, sampleReport('sdr/y', 0, MISSED)], plain);
    expect(text.match(/missed:/g)).toHaveLength(2);
    expect(text).toContain('✗ sdr/x #1, #2, #3, #4, #5 and 3 more  missed: no mail to Dana was sent\n');
  });

  it('shows what was before, and what became of it, where a baseline was compared', () => {
    const { run, trials: some } = comparedReport();
    const text = verdictTable(run, some, plain);
    expect(text).toMatch(/^scenario .* before$/m);
    expect(text).toMatch(/^sdr\/opt-out .* 12 of 12 {2}became worse$/m);
    expect(text).toMatch(/^sdr\/book-demo .* 12 of 12$/m);
  });

  it('claims no figures without trials', () => {
    expect(verdictTable(sampleRun(), [], plain)).toMatch(/0 scenarios +- +- +- +-\n$/);
  });
});
