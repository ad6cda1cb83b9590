import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readBaseline } from '../ci/baseline-file.ts';
import { candidateOf } from '../ci/candidate.ts';
import { exitCode } from '../ci/exit-code.ts';
import { judge } from '../ci/gate.ts';
import type { GatePolicy } from '../ci/gate-policy.ts';
import { collectorLinks } from '../ci/reports/gate-report.ts';
import { headline } from '../ci/reports/words.ts';
import { verdictTable } from '../ci/verdict-table.ts';
import type { Want } from '../domain/evidence.ts';
import { counted, formatCost } from '../domain/format.ts';
import type { ScenarioId } from '../domain/ids.ts';
import { type Micros, micros, nanoUsd } from '../domain/units.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { LanesEnd, Pack } from '../harness/index.ts';
import {
  type AskedModel,
  type Casting,
  checkPrices,
  concurrencyOf,
  identityOf,
  openPlay,
  type Source,
  sourcesOf,
} from './casting.ts';
import type { ExternalAgentOptions } from './external-agent.ts';
import { repositoryRoot } from './gate.ts';
import { loadGatePolicy } from './gate-config.ts';
import { chooseModel } from './models.ts';
import { newRun, newRunId } from './new-run.ts';
import { loadPack, packBaseline } from './packs.ts';
import { pointTelemetry } from './point-telemetry.ts';
import { openProvider } from './provider.ts';
import { type Rehearsal, type Rehearsed, rehearse } from './rehearse.ts';
import { scenarioPlaces } from './scenario-places.ts';
import { withCollector } from './with-collector.ts';
import { writeReports } from './write-reports.ts';

export type CiOptions = ExternalAgentOptions & {
  pack: string;
  agent: string;
  /** The build before the change: as `agent`, `agentCommand` or `agentUrl`, whichever is given. */
  ab?: string;
  spans: boolean;
  model?: string;
  config?: string;
  baseline?: string;
  trials?: number;
  concurrency?: number;
  maxUsd?: number;
  maxMinutes?: number;
  seed?: string;
  out: string;
  data: string;
  signal: AbortSignal;
};

/** Rounds of trials at most: where the gate asks for more, its trials keep being void. */
const mostRounds = 8;

/**
 * Rehearses an agent, plays again what looks worse and looks more often while the verdict is open and the budget lasts,
 * judges, writes the reports, and gives the exit code that lets the change through or not.
 */
export async function ci(options: CiOptions): Promise<number> {
  const policy = await policyOf(options);
  const pack = await loadPack(options.pack);
  const provider = await openProvider(process.env);
  const model = { ...chooseModel(pack, options.model, provider), asked: options.model };
  const sources = [...sourcesOf({ ...options, agent: [options.agent] }), ...controlOf(options)];
  // The policy's limit is one for the agent; an option may set this run a lower one.
  const maxUsd = options.maxUsd ?? policy.maxUsd ?? undefined;
  checkPrices(pack, [model], maxUsd);
  const baselineFile = options.baseline ?? (await packBaseline(pack));
  const baseline =
    baselineFile !== null && existsSync(baselineFile) ? await readBaseline(baselineFile) : null;
  const until = endOf(options.maxMinutes);

  return withCollector(options.data, async (collector) => {
    pointTelemetry(collector.url);
    const isReplay = provider.cassette?.mode === 'strict' && model.real !== null;
    const casting = await castRuns(options, pack, sources, model, policy.trials, isReplay);
    const { play, close } = await openPlay(options, pack, casting, collector, provider);
    const planned = pack.scenarios.map(({ id }) => id);
    const verdictOf = (candidate: Rehearsed, control: Rehearsed | null) =>
      judge({
        candidate: candidateOf(candidate.run, candidate.trials, planned),
        baseline,
        control: control && candidateOf(control.run, control.trials, planned),
        policy,
      });
    const played = await playRounds(
      {
        entries: casting.map(({ entry }) => entry),
        pack,
        play,
        trialsPerScenario: policy.trials,
        concurrency: concurrencyOf(options.concurrency, [model]),
        maxCost: maxUsd === undefined ? null : nanoUsd(maxUsd * 1e9),
        until,
        collector,
        signal: options.signal,
      },
      verdictOf,
    ).finally(close);
    await provider.close();

    const { candidate, verdict } = played;
    const exit = exitCode(verdict, policy);
    const judged = { ...candidate.run, verdict };
    await collector.putRun(judged);
    await writeReports({
      directory: options.out,
      report: {
        run: judged,
        verdict,
        trials: candidate.trials,
        places: scenarioPlaces(pack, options.pack, repositoryRoot()),
        links: collectorLinks(judged.id, collector.lasting ? collector.url : null),
      },
      resultsFile: candidate.resultsFile,
      policy,
      exitCode: exit,
    });
    console.log(
      `\n${verdictTable(judged, candidate.trials, { color: process.stdout.hasColors?.() ?? false })}`,
    );
    if (played.stopped) console.log(stoppedLine(played.stopped, verdict));
    console.log(`reports    ${options.out}`);
    console.log(`${headline(verdict)} (exit code ${exit})`);
    return exit;
  });
}

async function policyOf({ config, trials }: CiOptions): Promise<GatePolicy> {
  const policy = await loadGatePolicy(config);
  return { ...policy, trials: trials ?? policy.trials };
}

function controlOf({ ab, agentCommand, agentUrl }: CiOptions): readonly Source[] {
  if (ab === undefined) return [];
  if (agentCommand !== undefined) return sourcesOf({ agent: [], agentCommand: ab, agentName: 'control' });
  if (agentUrl !== undefined) return sourcesOf({ agent: [], agentUrl: ab, agentName: 'control' });
  return sourcesOf({ agent: [ab] });
}

function endOf(maxMinutes: number | undefined): Micros | null {
  return maxMinutes === undefined ? null : micros((Date.now() + maxMinutes * 6e4) * 1000);
}

/** The candidate's run, and that of the build before where one takes turns with it. Their files are new ones. */
async function castRuns(
  options: CiOptions,
  pack: Pack,
  sources: readonly Source[],
  model: AskedModel,
  trials: number,
  isReplay: boolean,
): Promise<Casting[]> {
  const group = sources.length > 1 ? newRunId() : null;
  // Trials of another run with the same seed would be the same trials again, and no evidence.
  const seed = options.seed ?? newRunId();
  await mkdir(options.out, { recursive: true });
  return Promise.all(
    sources.map(async (source, place) => {
      const { name, version } = await identityOf(source);
      const resultsFile = join(options.out, place === 0 ? 'results.jsonl' : 'control.jsonl');
      await rm(resultsFile, { force: true });
      const run = newRun({
        pack: pack.name,
        agent: name,
        agentVersion: version,
        model: model.name,
        simulated: model.simulated !== null,
        replayed: isReplay,
        seed,
        group,
        trialsPlanned: pack.scenarios.length * trials,
        firstLook: trials,
      });
      return { source, model, entry: { run, resultsFile, provider: model.provider } };
    }),
  );
}

type Played = { candidate: Rehearsed; verdict: Verdict; stopped: LanesEnd['stopped'] };

/** Plays the first look, then whatever trials the verdict asks for, until it asks for none. */
async function playRounds(
  first: Rehearsal,
  verdictOf: (candidate: Rehearsed, control: Rehearsed | null) => Verdict,
): Promise<Played> {
  const { candidate, control, stopped } = await playOnce(first);
  const spent = (control?.trials ?? []).reduce((sum, { figures }) => sum + (figures.cost ?? 0), 0);
  const maxCost = first.maxCost == null ? null : nanoUsd(Math.max(0, first.maxCost - spent));
  let played: Played = { candidate, verdict: verdictOf(candidate, control), stopped };
  for (let round = 1; round < mostRounds && !played.stopped; round++) {
    const wants = played.verdict.evidence?.wants ?? [];
    if (wants.length === 0) break;
    console.error(wantsLine(wants));
    const more = await playOnce({ ...first, maxCost, ...wanted(first.pack, played.candidate, wants) });
    played = { ...more, verdict: verdictOf(more.candidate, control) };
  }
  return played;
}

async function playOnce(rehearsal: Rehearsal) {
  const { runs, stopped } = await rehearse(rehearsal);
  const [candidate, control = null] = runs;
  if (!candidate) throw new Error('a rehearsal without runs');
  const trialsPlanned = Math.max(candidate.run.trialsPlanned, candidate.trials.length);
  return { candidate: { ...candidate, run: { ...candidate.run, trialsPlanned } }, control, stopped };
}

/** The candidate's run once more, with so many trials of some scenarios as are there and are asked for. */
function wanted(
  pack: Pack,
  candidate: Rehearsed,
  wants: readonly Want[],
): Pick<Rehearsal, 'entries' | 'pack' | 'trialsPerScenario'> {
  const counts = new Map<ScenarioId, number>(
    wants.map(({ scenarioId, trials }) => {
      const played = candidate.trials.filter((trial) => trial.scenarioId === scenarioId).length;
      return [scenarioId, played + trials];
    }),
  );
  return {
    entries: [{ ...candidate, run: { ...candidate.run, end: null } }],
    pack: { ...pack, scenarios: pack.scenarios.filter(({ id }) => counts.has(id)) },
    trialsPerScenario: counts,
  };
}

function wantsLine(wants: readonly Want[]): string {
  const trials = wants.reduce((sum, want) => sum + want.trials, 0);
  const of = `${counted(trials, 'trial')} more of ${counted(wants.length, 'scenario')}`;
  const names = wants.slice(0, 5).map(({ scenarioId }) => scenarioId);
  const more = wants.length > names.length ? ', ...' : '';
  return wants.some(({ why }) => why === 'confirm')
    ? `\n${of} that look worse: ${names.join(', ')}${more}`
    : `\n${of}: neither a drop nor its absence is shown yet`;
}

function stoppedLine(stopped: NonNullable<LanesEnd['stopped']>, { kind }: Verdict): string {
  const why =
    stopped.why === 'budget' ? `the budget is spent (${formatCost(stopped.spent)})` : 'the time is over';
  const cure =
    kind === 'pass' || kind === 'fail' ? '' : ': a larger --max-usd or --max-minutes may settle it';
  return `${why}, ${counted(stopped.notStarted, 'trial')} not started${cure}`;
}
