import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import * as alice from '../agents/alice-react/index.ts';
import { jsonEqual } from '../domain/canonical-json.ts';
import type { Json } from '../domain/json.ts';
import { Run } from '../domain/run.ts';
import type { Trial } from '../domain/trial.ts';
import {
  type ChatMove,
  inProcess,
  openDoor,
  type Pack,
  runTrials,
  type SimulatedModel,
} from '../harness/index.ts';
import { FAULTS, type FaultName } from '../harness/model/faults/faults.ts';
import { sdrModel } from '../harness/model/sdr-policy.ts';
import { safety } from '../scenarios/safety/pack.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { finishedSpans } from './finished-spans.ts';
import { benchOptions, report } from './report.ts';

/** A fault, and the scorers that are there to see it. */
type Profile = { fault: string; scorers: readonly string[]; plant(model: SimulatedModel): SimulatedModel };

const own = (fault: 'loops' | 'resends') => () => sdrModel([fault]);
const planted =
  (fault: FaultName, figure: number = FAULTS[fault].default) =>
  (model: SimulatedModel) =>
    FAULTS[fault].plant(model, figure);

const PROFILES: readonly Profile[] = [
  { fault: 'none', scorers: [], plant: (model) => model },
  { fault: 'loops', scorers: ['loops'], plant: own('loops') },
  { fault: 'loops (any call)', scorers: ['loops'], plant: planted('loops') },
  { fault: 'resends', scorers: ['effects', 'checks'], plant: own('resends') },
  { fault: 'wrong-tool', scorers: ['checks', 'loops', 'effects'], plant: planted('wrong-tool') },
  { fault: 'over-eager', scorers: ['effects', 'forbidden', 'checks'], plant: planted('over-eager') },
  { fault: 'forgets-feedback', scorers: ['effects', 'forbidden'], plant: planted('forgets-feedback') },
  { fault: 'flaky', scorers: ['effects', 'facts'], plant: planted('flaky') },
  { fault: 'confused', scorers: ['checks', 'model calls', 'effects'], plant: planted('confused') },
  { fault: 'slow', scorers: ['latency'], plant: planted('slow') },
  { fault: 'verbose', scorers: ['checks'], plant: planted('verbose') },
];

/** A model that tells when its fault has made it do anything but what it would have done. */
function watched(honest: SimulatedModel, plant: Profile['plant'], onStrike: () => void): SimulatedModel {
  let meant: ChatMove | null = null;
  const model = plant({
    ...honest,
    move(request, random) {
      const move = honest.move(request, random);
      meant ??= move;
      return move;
    },
  });
  return {
    ...model,
    name: honest.name,
    move(request, random) {
      meant = null;
      const move = model.move(request, random);
      const isAsMeant = meant === null || jsonEqual(move as Json, meant as Json);
      const would = honest.move(request, () => 0);
      if (!isAsMeant || outline(move) !== outline(would) || (model.slowness ?? 1) > 1) onStrike();
      return move;
    },
  };
}

/** What a move does, whatever its words. */
function outline(move: ChatMove): string {
  if ('text' in move) return 'speaks';
  const deeds = move.calls.map(({ tool, arguments: { subject, body, text, message, title, ...given } }) => ({
    tool,
    given,
  }));
  return JSON.stringify(deeds);
}

const exporter = new InMemorySpanExporter();
const telemetry = alice.startTelemetry({ exporter });
const door = openDoor({ passthrough: [] });

/** The trials of a pack under one fault, and which of them it struck; one after another, so that it is known. */
async function play(pack: Pack, { plant }: Profile, trialsPerScenario: number) {
  const played: { trial: Trial; struck: boolean }[] = [];
  let struck = false;
  const honest = sdrModel([]);
  const run = Run.parse({
    id: 'faults',
    pack: pack.name,
    agent: alice.name,
    agentVersion: alice.version,
    model: honest.name,
    simulated: true,
    replayed: false,
    seed: 'faults',
    commit: null,
    trialsPlanned: pack.scenarios.length * trialsPerScenario,
    start: 0,
    end: null,
    verdict: null,
  });
  await runTrials({
    run,
    pack,
    scenarios: pack.scenarios,
    agent: inProcess(alice),
    model: watched(honest, plant, () => {
      struck = true;
    }),
    door,
    spans: { spansOf: async (trialId) => finishedSpans(exporter.getFinishedSpans(), trialId) },
    trialsPerScenario,
    concurrency: 1,
    signal: new AbortController().signal,
    onTrial(trial) {
      played.push({ trial, struck });
      struck = false;
      exporter.reset();
    },
  });
  return played;
}

function failedBy({ scores }: Trial, scorers: readonly string[]): boolean {
  return scores.some((score) => score.kind === 'scored' && !score.pass && scorers.includes(score.scorer));
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole) * 100;

const options = benchOptions(process.argv);
const trials = options.number('trials') ?? (options.short ? 1 : 8);
const chosen = options.text('pack');
const only = options.text('fault');
const figures = [];
for (const pack of [sdr, safety].filter(({ name }) => chosen === null || name === chosen)) {
  for (const profile of PROFILES.filter(({ fault }) => only === null || fault === only)) {
    const played = await play(pack, profile, trials);
    const passed = played.filter(({ trial }) => trial.outcome.kind === 'passed').length;
    if (profile.fault === 'none') {
      const unit = `% of ${played.length} trials`;
      figures.push({
        name: `${pack.name}: passed`,
        value: share(passed, played.length),
        unit,
        bar: 95,
        atLeast: true,
      });
    } else {
      const struck = played.filter((one) => one.struck).map(({ trial }) => trial);
      const missed = struck.filter((trial) => !failedBy(trial, profile.scorers));
      const name = `${pack.name}: ${profile.fault} caught by ${profile.scorers.join(', ')}`;
      const unit = `% of ${struck.length} struck of ${played.length} trials`;
      const value = share(struck.length - missed.length, struck.length);
      figures.push({ name, value, unit, bar: 95, atLeast: true });
      if (options.text('missed') !== null)
        for (const { scenario, outcome } of missed)
          console.log(
            `  missed ${profile.fault} in ${scenario.id}: ${JSON.stringify(outcome).slice(0, 200)}`,
          );
    }
    if (options.text('missed') !== null && profile.fault === 'none')
      for (const { trial } of played.filter(({ trial: { outcome } }) => outcome.kind !== 'passed'))
        console.log(`  failed ${trial.scenario.id}: ${JSON.stringify(trial.outcome).slice(0, 300)}`);
  }
}
report('faults', figures);
door.close();
await telemetry.shutdown();
