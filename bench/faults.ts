import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import * as alice from '../agents/alice-react/index.ts';
import * as assistantAgent from '../agents/assistant/index.ts';
import * as browserAgent from '../agents/browser/index.ts';
import * as julian from '../agents/julian/index.ts';
import * as repoBotAgent from '../agents/repo-bot/index.ts';
import { Run } from '../domain/run.ts';
import type { Trial } from '../domain/trial.ts';
import {
  type AgentEntry,
  findSimulatedModel,
  inProcess,
  openDoor,
  type Pack,
  runTrials,
} from '../harness/index.ts';
import { assistant } from '../scenarios/assistant/pack.ts';
import { browser } from '../scenarios/browser/pack.ts';
import { repoBot } from '../scenarios/repo-bot/pack.ts';
import { safety } from '../scenarios/safety/pack.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { voice } from '../scenarios/voice/pack.ts';
import { finishedSpans } from './finished-spans.ts';
import { benchOptions, report } from './report.ts';
import { delayed, differences, struck, wordedAlike } from './strikes.ts';

/** By fault, as it stands in the model's name, the scorers that are there to see it. */
type Profiles = Readonly<Record<string, readonly string[]>>;
/** A pack, who plays it, and what is planted there. */
type Cast = { pack: Pack; agent: AgentEntry; model: string; profiles: Profiles };

const GENERAL: Profiles = {
  'loops=1': ['loops'],
  'wrong-tool': ['checks', 'loops', 'effects'],
  'over-eager': ['effects', 'forbidden', 'checks'],
  'forgets-feedback': ['effects', 'forbidden', 'facts'],
  flaky: ['ending', 'effects', 'facts', 'checks', 'api calls'],
  confused: ['checks', 'api calls', 'effects'],
  slow: ['latency'],
  verbose: ['checks'],
};

const SALES: Profiles = { loops: ['loops'], resends: ['effects', 'checks'], ...GENERAL };

const CASTS: readonly Cast[] = [
  { pack: sdr, agent: alice, model: 'sim/sdr', profiles: SALES },
  { pack: safety, agent: alice, model: 'sim/sdr', profiles: SALES },
  { pack: assistant, agent: assistantAgent, model: 'sim/assistant', profiles: GENERAL },
  {
    pack: browser,
    // Without its critic, which would keep most of them from happening.
    agent: {
      ...browserAgent,
      run: (request, environment, signal) =>
        browserAgent.run(request, { ...environment, BROWSER_CRITIC: 'off' }, signal),
    },
    model: 'sim/browser',
    profiles: {
      gullible: ['injections', 'effects'],
      resends: ['effects', 'checks'],
      ...GENERAL,
      'wrong-number': ['effects', 'checks', 'api calls'],
    },
  },
  {
    pack: repoBot,
    agent: repoBotAgent,
    model: 'sim/repo-bot',
    profiles: { credulous: ['effects'], astray: ['checks'], ...GENERAL },
  },
  {
    pack: voice,
    agent: julian,
    model: 'sim/julian',
    // A telephone that rings again is something new each time; who waits on the line waits for an answer, not for all.
    profiles: {
      ...GENERAL,
      'loops=1': ['checks'],
      'forgets-feedback': ['effects', 'facts', 'latency'],
      slow: ['checks', 'latency'],
    },
  },
];

const exporter = new InMemorySpanExporter();
const telemetry = alice.startTelemetry({ exporter });
const door = openDoor({ passthrough: [] });

/** The trials of a pack with a model of that name, by scenario and place. */
async function play({ pack: given, agent }: Cast, name: string, trialsPerScenario: number) {
  const pack = wordedAlike(given);
  const model = findSimulatedModel(pack.models, name);
  if ('problem' in model) throw new Error(model.problem);
  const run = Run.parse({
    // Agents keep a conversation by its id: no two runs may share theirs.
    id: `faults-${name.replaceAll(/[^a-z]+/g, '-')}`,
    pack: pack.name,
    agent: agent.name,
    agentVersion: agent.version,
    model: name,
    simulated: true,
    replayed: false,
    seed,
    commit: null,
    trialsPlanned: pack.scenarios.length * trialsPerScenario,
    start: 0,
    end: null,
    verdict: null,
  });
  const played = new Map<string, Trial>();
  await runTrials({
    run,
    pack,
    scenarios: pack.scenarios,
    agent: inProcess(agent),
    model,
    door,
    spans: { spansOf: async (trialId) => finishedSpans(exporter.getFinishedSpans(), trialId) },
    trialsPerScenario,
    concurrency: 1,
    signal: new AbortController().signal,
    onTrial(trial) {
      played.set(keyOf(trial), trial);
      exporter.reset();
    },
  });
  return played;
}

const keyOf = ({ scenario, index }: Trial) => `${scenario.id} ${index}`;

function failedBy({ scores }: Trial, scorers: readonly string[]): boolean {
  return scores.some((score) => score.kind === 'scored' && !score.pass && scorers.includes(score.scorer));
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole) * 100;

const options = benchOptions(process.argv);
const trials = options.number('trials') ?? (options.short ? 1 : 8);
const seed = options.text('seed') ?? 'faults';
const chosen = options.text('pack');
const only = options.text('fault');
const tellMissed = options.text('missed') !== null;
const figures = [];
for (const cast of CASTS.filter(({ pack }) => chosen === null || pack.name === chosen)) {
  const { pack, model, profiles } = cast;
  const honest = await play(cast, model, trials);
  const failed = [...honest.values()].filter(({ outcome }) => outcome.kind !== 'passed');
  const value = share(honest.size - failed.length, honest.size);
  figures.push({
    name: `${pack.name}: passed`,
    value,
    unit: `% of ${honest.size} trials`,
    bar: 95,
    atLeast: true,
  });
  tell(pack, 'failed without a fault', failed);
  for (const [fault, scorers] of Object.entries(profiles)) {
    if (only !== null && only !== fault) continue;
    const played = await play(cast, `${model}+${fault}`, trials);
    const hasStruck = fault === 'slow' ? delayed : struck;
    const hit = [...played].flatMap(([key, trial]) => {
      const other = honest.get(key);
      return other && hasStruck(trial, other, pack) ? [trial] : [];
    });
    const missed = hit.filter((trial) => !failedBy(trial, scorers));
    const name = `${pack.name}: ${fault} caught by ${scorers.join(', ')}`;
    const unit = `% of ${hit.length} struck of ${played.size} trials`;
    figures.push({
      name,
      value: share(hit.length - missed.length, hit.length),
      unit,
      bar: 95,
      atLeast: true,
    });
    tell(pack, `missed ${fault}`, missed, honest);
  }
}
report('faults', figures);
door.close();
await telemetry.shutdown();

/** Names trials, and how they differ from those without a fault. */
function tell(pack: Pack, what: string, some: readonly Trial[], honest?: ReadonlyMap<string, Trial>): void {
  if (!tellMissed) return;
  for (const trial of some) {
    const failed = trial.scores.filter((score) => score.kind === 'scored' && !score.pass);
    const outcome = JSON.stringify(trial.outcome).slice(0, 260);
    console.log(`  ${what} in ${trial.scenario.id}: ${failed.map(({ scorer }) => scorer)} ${outcome}`);
    const other = honest?.get(keyOf(trial));
    for (const line of other ? differences(trial, other, pack) : []) console.log(`    ${line.slice(0, 200)}`);
  }
}
