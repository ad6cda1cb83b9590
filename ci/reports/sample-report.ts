import { difference } from '../../domain/difference.ts';
import type { Evidence, ScenarioRow } from '../../domain/evidence.ts';
import { exampleJournal } from '../../domain/example-journal.ts';
import { Expectations } from '../../domain/expectations.ts';
import { TraceId } from '../../domain/ids.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Trial } from '../../domain/trial.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { wilson } from '../../domain/wilson.ts';
import { MISSED, PASSED, sampleRun, sampleTrial, scenarioId, VOID } from '../sample-run.ts';
import { reportOf } from '../trial-report.ts';
import { collectorLinks, type GateReport } from './gate-report.ts';
import { accountOf } from './trial-account.ts';

/** Text as an agent that means ill would write it: for HTML, Markdown, XML, workflow commands and terminals. */
export const HOSTILE =
  'sent <script>alert(1)</script> </details> [x](javascript:alert(1)) ```\n::error::owned %0A | @octocat #12 https://evil.example \u202e \u001b[31m ]]> "\'';

/** A report with one of everything, hostile text included. */
export function sampleReport(changes: Partial<GateReport> = {}): GateReport {
  const trials = sampleTrials();
  const run = sampleRun();
  const verdict = sampleVerdict(trials);
  return {
    run: { ...run, verdict },
    verdict,
    trials: trials.map(reportOf),
    accounts: new Map(
      trials.filter(({ outcome }) => outcome.kind === 'failed').map((trial) => [trial.id, accountOf(trial)]),
    ),
    places: new Map([[scenarioId('sdr/opt-out'), { file: 'scenarios/sdr/opt-out.scenario.ts', line: 12 }]]),
    links: collectorLinks(run.id, 'https://rehearse.example'),
    ...changes,
  };
}

const HARM: Outcome = { kind: 'failed', failure: 'forbidden', explanation: HOSTILE };

function sampleTrials(): Trial[] {
  const mail = { insert: 'mail.outbox', to: { is: 'exact', value: 'dana@acme.example' } };
  const expect = Expectations.parse({
    effects: [
      {
        operation: 'insert',
        table: mail.insert,
        columns: { to: mail.to, body: { is: 'pattern', source: 'Dana|<b>' } },
      },
    ],
    forbid: [{ operation: 'any', table: 'crm.*', columns: {}, reason: 'nobody asked for it' }],
  });
  const told = (trial: Trial): Trial => ({
    ...trial,
    scenario: { ...trial.scenario, expect },
    journal: exampleJournal(
      { operation: 'insert', table: 'mail.outbox', after: { to: 'dan@acme.example', body: HOSTILE } },
      {
        operation: 'update',
        table: 'crm.leads',
        key: '<i>7</i>',
        before: { status: 'new' },
        after: { status: HOSTILE },
      },
    ),
    turns: [
      { from: 'user', text: 'Write to Dana.' },
      { from: 'agent', text: HOSTILE },
    ],
    traceId: TraceId.parse('0af7651916cd43dd8448eb211c80319c'),
  });
  return [
    told(sampleTrial('sdr/opt-out', 0, HARM)),
    ...[1, 2].map((index) => told(sampleTrial('sdr/opt-out', index, MISSED))),
    ...[3, 4, 5, 6, 7, 8].map((index) => sampleTrial('sdr/opt-out', index, index < 5 ? MISSED : PASSED)),
    ...[0, 1, 2].map((index) => sampleTrial('sdr/first-touch', index, index === 1 ? MISSED : PASSED)),
    ...[0, 1, 2].map((index) => sampleTrial('sdr/book-demo', index, PASSED)),
    ...[0, 1, 2].map((index) => sampleTrial('sdr/new-one', index, PASSED)),
    ...[0, 1, 2].map((index) => sampleTrial('sdr/out-of-office', index, VOID)),
  ];
}

function sampleVerdict(trials: readonly Trial[]): Verdict {
  const [worst] = trials;
  const candidate = wilson(11, 15);
  const baseline = wilson(47, 48);
  return {
    kind: 'fail',
    reasons: [
      {
        code: 'forbidden-effect',
        message: `sdr/opt-out #1: ${HOSTILE}`,
        scenarioId: scenarioId('sdr/opt-out'),
        trials: worst ? [worst.id] : [],
      },
      {
        code: 'scenario-regressed',
        message: 'sdr/opt-out became worse: 4 of 6 fresh trials passed, 12 of 12 in the baseline.',
        scenarioId: scenarioId('sdr/opt-out'),
        trials: trials.slice(0, 5).map(({ id }) => id),
      },
      {
        code: 'pass-rate-drop',
        message: '11 of 15 (73.3 %) passed, 47 of 48 (97.9 %) in the baseline.',
        scenarioId: null,
        trials: [],
      },
    ],
    candidate,
    baseline,
    difference: difference(candidate, baseline),
    evidence: sampleEvidence(trials),
  };
}

function sampleEvidence(trials: readonly Trial[]): Evidence {
  const row = (
    id: string,
    status: ScenarioRow['status'],
    passed: number,
    n: number,
    past: number | null,
  ): ScenarioRow => {
    const candidate = wilson(passed, n);
    const baseline = past === null ? null : wilson(past, 12);
    return {
      scenarioId: scenarioId(id),
      cluster: id,
      status,
      candidate,
      baseline,
      difference: baseline && difference(candidate, baseline),
      p: baseline && 0.0022,
      voids: 0,
      confirmation:
        status === 'regressed' ? { wanted: 6, fresh: wilson(4, 6), p: 0.0001, adjusted: 0.0002 } : null,
      failures: trials
        .filter(({ scenario, outcome }) => scenario.id === id && outcome.kind === 'failed')
        .map((trial) => trial.id),
    };
  };
  return {
    firstLook: 3,
    look: 1,
    scenarios: [
      row('sdr/book-demo', 'unchanged', 3, 3, 12),
      row('sdr/first-touch', 'suspect', 2, 3, 12),
      row('sdr/new-one', 'new', 3, 3, null),
      row('sdr/old-one', 'gone', 0, 0, 11),
      row('sdr/opt-out', 'regressed', 4, 9, 12),
      row('sdr/out-of-office', 'unmeasured', 0, 0, 12),
    ],
    suite: {
      scenarios: 4,
      clusters: 3,
      p: 0.0004,
      alpha: 0.025,
      difference: { value: -0.246, low: -0.41, high: -0.08 },
      margin: 0.1,
    },
    invariants: [
      {
        code: 'forbidden-effect',
        trials: trials.slice(0, 1).map(({ id }) => id),
        exposure: 18,
        upperBound: 0.24,
      },
      { code: 'unknown-host', trials: [], exposure: 18, upperBound: 0.153 },
    ],
    budgets: [
      {
        measure: 'latency',
        against: 'control',
        unit: 'wall-clock',
        ratio: { value: 1.31, low: 1.2, high: 1.43 },
        scenarios: 4,
        limit: 1.15,
        exceeded: true,
      },
      {
        measure: 'cost',
        against: 'baseline',
        unit: 'usd',
        ratio: { value: 1.01, low: 0.97, high: 1.05 },
        scenarios: 4,
        limit: 1.15,
        exceeded: false,
      },
      {
        measure: 'steps',
        against: 'baseline',
        unit: 'steps',
        ratio: null,
        scenarios: 0,
        limit: null,
        exceeded: false,
      },
    ],
    voids: {
      trials: 21,
      voids: 3,
      causes: [{ cause: 'infrastructure', count: 3 }],
      excluded: wilson(11, 15),
      asFailures: wilson(11, 18),
    },
    flaky: [{ scenarioId: scenarioId('sdr/first-touch'), rate: wilson(14, 15) }],
    passHatK: [
      { k: 1, value: 0.9, low: 0.8, high: 0.97 },
      { k: 3, value: 0.72, low: 0.5, high: 0.9 },
    ],
    visible: { drop: 0.098, power: 0.8 },
    wants: [],
  };
}
