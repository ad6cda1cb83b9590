import { judge } from '../ci/gate.ts';
import { DEFAULT_POLICY } from '../ci/gate-policy.ts';
import { type DrawnScenario, simulate } from '../ci/simulation.ts';
import { randomStream } from '../harness/index.ts';
import { NAIVE_GATES } from './gate/naive-gates.ts';
import { drawnOf, MAIN, PLANTED, playTrials } from './gate/played-agents.ts';
import { drawAgent, FAULTS } from './gate/synthetic-agents.ts';
import { benchOptions, type Figure, report } from './report.ts';

/**
 * How often the gate catches planted faults, after how many trials, and how often it fails what did not change, beside
 * four simple gates on the same trials. First on drawn agents: fifty scenarios whose pass rates are spread as
 * gpt-4o's on tau-bench's airline, three trials each against twelve. Then on trials of ten scenarios of sdr that were really
 * played by simulated models with a planted fault. Last, how long a judgement of 20,000 trials takes.
 *
 * Options: --runs 400, --seed 1, --short. Prints the two tables of the README as Markdown.
 */

const options = benchOptions(process.argv);
const runs = options.number('runs') ?? (options.short ? 40 : 400);
const seed = options.text('seed') ?? '1';
const DEPTH = 12;
const SCENARIOS = 50;
const playedEach = options.short ? 12 : 36;

/** What came of one fault in all its runs. */
type Row = { name: string; caught: number; inconclusive: number; trials: number; naive: number[] };

const policy = DEFAULT_POLICY;

function measure(name: string, agent: (random: () => number) => readonly DrawnScenario[]): Row {
  const random = randomStream(seed, name);
  const row: Row = {
    name,
    caught: 0,
    inconclusive: 0,
    trials: 0,
    naive: Object.keys(NAIVE_GATES).map(() => 0),
  };
  for (let run = 0; run < runs; run++) {
    const simulated = simulate(agent(random), DEPTH, policy, random);
    if (simulated.verdict.kind === 'fail') row.caught += 1 / runs;
    if (simulated.verdict.kind === 'inconclusive') row.inconclusive += 1 / runs;
    row.trials += simulated.played / runs;
    for (const [place, fails] of Object.values(NAIVE_GATES).entries()) {
      if (fails(simulated)) row.naive[place] = (row.naive[place] ?? 0) + 1 / runs;
    }
  }
  return row;
}

function markdown(what: string, rows: readonly Row[]): string {
  const percent = (share: number) => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
  const header = [what, 'Rehearse', 'inconclusive', 'trials', ...Object.keys(NAIVE_GATES)];
  const lines = rows.map(({ name, caught, inconclusive, trials, naive }) => [
    name,
    percent(caught),
    percent(inconclusive),
    trials.toFixed(0),
    ...naive.map(percent),
  ]);
  return [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const drawn = FAULTS.map((fault) => measure(fault.name, (random) => drawAgent(SCENARIOS, fault, random)));
console.log(`\n${markdown(`${SCENARIOS} drawn scenarios x ${policy.trials}, baseline ${DEPTH}`, drawn)}`);

const main = await playTrials(MAIN, playedEach);
const played: Row[] = [];
for (const { name, model } of PLANTED) {
  const scenarios = drawnOf(main, model === MAIN ? main : await playTrials(model, playedEach));
  played.push(measure(name, () => scenarios));
}
const size = new Set(main.map(({ scenarioId }) => scenarioId)).size;
console.log(`\n${markdown(`${size} played scenarios x ${policy.trials}, baseline ${DEPTH}`, played)}\n`);

const of = (rows: readonly Row[], name: string) => rows.find((row) => row.name.startsWith(name));
const share = (row: Row | undefined, what: 'caught' | 'inconclusive') => (row?.[what] ?? Number.NaN) * 100;
const unchanged = of(drawn, 'nothing');
/** Fewer runs scatter by more than the bars are apart. */
const bar = (value: number) => (runs < 400 ? {} : { bar: value });
const figures: Figure[] = [
  {
    name: `false alarms of ${runs} unchanged agents`,
    value: share(unchanged, 'caught'),
    unit: '%',
    ...bar(4),
  },
  { name: 'inconclusive of these', value: share(unchanged, 'inconclusive'), unit: '%', ...bar(15) },
  {
    name: 'one broken scenario caught',
    value: share(of(drawn, 'one'), 'caught'),
    unit: '%',
    ...bar(85),
    atLeast: true,
  },
  {
    name: 'all 10 points worse caught',
    value: share(of(drawn, 'all'), 'caught'),
    unit: '%',
    ...bar(78),
    atLeast: true,
  },
  {
    name: 'false alarms on played trials',
    value: share(of(played, 'nothing'), 'caught'),
    unit: '%',
    ...bar(4),
  },
];
report('gate', [
  ...figures,
  { name: '20,000 trials judged', value: largeJudgement(), unit: 'CPU s', bar: 2 },
]);

/** Processor seconds of one judgement: 100 scenarios of 200 trials each. */
function largeJudgement(): number {
  const fault = FAULTS[0];
  const random = randomStream(seed, 'large');
  const large = { ...policy, trials: 200, extraLooks: 0, screen: 1e-9 };
  const { firstLook, baseline } = simulate(drawAgent(100, fault, random), 24, large, random);
  const candidate = {
    ...{ pack: baseline.pack, agent: baseline.agent, model: baseline.model },
    ...{
      replayed: false,
      ended: true,
      scenariosPlanned: [],
      trialsPlanned: firstLook.length,
      firstLook: 200,
    },
    trials: firstLook,
  };
  const before = process.cpuUsage();
  judge({ candidate, baseline, policy });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
