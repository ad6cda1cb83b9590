import { canonicalJson } from './canonical-json.ts';
import type { LoopFinding, LoopReport, Waste } from './loop.ts';
import type { CallStep, LimitEnd, Step, Work } from './step.ts';
import { stepPrints } from './step-print.ts';
import { micros, type NanoUsd, nanoUsd } from './units.ts';

/** Raised when the same spans may be judged otherwise than before: what is stored by an older one is judged again. */
export const DETECTOR_VERSION = 1;

const LONGEST_PERIOD = 4;
const MOST_SPANS = 100;
const MOST_OF_A_KIND = 20;
/** Fewer calls with the same arguments are not counted as repeated. */
const REPEATED = 3;
/** Of equally long findings the one that says more comes first. */
const RANK: readonly LoopFinding['kind'][] = ['ping-pong', 'cycle', 'limit', 'stretch'];
/** A stretch says less than the cycle that it is mostly made of. */
const weightOf = ({ kind, steps }: LoopFinding) => (kind === 'stretch' ? steps / 2 : steps);

/**
 * Looks for loops by progress, not by repetition: a call makes progress if it changed the world, reached a milestone or
 * brought something that no call since the last change has brought (see `stepPrints`). Finds the longest stretch
 * without progress, what is gone through again and again within such stretches, agents that hand over to each other to
 * no avail, and work that a limit ended. O(steps).
 */
export function detectLoops({ steps, limits }: Work): LoopReport {
  const judged = judgeSteps(steps ?? []);
  const calls = judged.filter((step): step is JudgedCall => step.kind === 'call');
  const stretches = runs(calls, ({ progress }) => !progress);
  const longest = stretches.reduce((best, next) => (lengthOf(next) > lengthOf(best) ? next : best), NO_RUN);
  const findings = [
    ...stretchOf(calls, longest),
    ...largest(stretches.flatMap((stretch) => cyclesOf(calls, stretch))),
    ...largest(pingPongsOf(judged)),
    ...limits.slice(0, MOST_OF_A_KIND).map((end) => limitOf(judged, end)),
  ];
  return {
    calls: steps === null ? null : calls.length,
    idle: calls.filter(({ progress }) => !progress).length,
    longest: lengthOf(longest),
    findings: findings.toSorted(
      (a, b) => weightOf(b) - weightOf(a) || RANK.indexOf(a.kind) - RANK.indexOf(b.kind),
    ),
    repeated: mostRepeated(calls),
  };
}

type JudgedCall = CallStep & { print: string; progress: boolean };
type JudgedStep = JudgedCall | (Extract<Step, { kind: 'words' }> & { progress: boolean });

/** Places from `from` to before `to`. */
type Run = { from: number; to: number };
const NO_RUN: Run = { from: 0, to: 0 };
const lengthOf = ({ from, to }: Run) => to - from;

function judgeSteps(steps: readonly Step[]): JudgedStep[] {
  const prints = stepPrints(steps.filter((step) => step.kind === 'call')).values();
  const seen = new Set<string>();
  const heard = new Set<string>();
  return steps.map((step) => {
    if (step.kind === 'words') {
      const words = step.words === null ? null : canonicalJson([step.agent, step.words]);
      const progress = words === null || !heard.has(words);
      if (words !== null) heard.add(words);
      return { ...step, progress };
    }
    const print = prints.next().value ?? '';
    // After a change what was seen before is worth another look.
    if (step.changed) seen.clear();
    const progress = step.changed || step.milestone || !seen.has(print);
    seen.add(print);
    return { ...step, print, progress };
  });
}

/** The longest runs of items that fit. */
function runs<T>(items: readonly T[], fits: (item: T, place: number) => boolean): Run[] {
  const found: Run[] = [];
  let from = 0;
  for (let place = 0; place <= items.length; place++) {
    const item = items[place];
    if (item !== undefined && fits(item, place)) continue;
    if (place > from) found.push({ from, to: place });
    from = place + 1;
  }
  return found;
}

function stretchOf(calls: readonly JudgedCall[], { from, to }: Run): LoopFinding[] {
  const stretch = calls.slice(from, to);
  return stretch.length < 2 ? [] : [{ kind: 'stretch', ...mostCalled(stretch), ...placeOf(stretch) }];
}

/** Within a stretch, and the round before it; of cycles within one another the shorter one. */
function cyclesOf(calls: readonly JudgedCall[], stretch: Run): Extract<LoopFinding, { kind: 'cycle' }>[] {
  const again = calls.slice(stretch.from, stretch.to);
  /** For each place the cycle that it belongs to, by its number. */
  const owner = new Uint32Array(again.length);
  const found: Extract<LoopFinding, { kind: 'cycle' }>[] = [];
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    const before = (place: number) => calls[stretch.from + place - period];
    for (const run of runs(again, ({ print }, place) => before(place)?.print === print)) {
      const times = 1 + Math.floor(lengthOf(run) / period);
      if (times < (period === 1 ? REPEATED : 2)) continue;
      if (owner[run.from] !== 0 && owner[run.from] === owner[run.to - 1]) continue;
      const steps = again.slice(run.from, run.to);
      const sequence = steps.slice(0, period).map(({ tool }) => tool);
      found.push({ kind: 'cycle', sequence, times, ...placeOf(steps) });
      owner.fill(found.length, run.from, run.to);
    }
  }
  return found;
}

/** What one agent did before another came to work. */
type Turn = { agent: string | null; steps: JudgedStep[]; calls: JudgedCall[] };

function turnsOf(steps: readonly JudgedStep[]): Turn[] {
  const turns: Turn[] = [];
  for (const step of steps) {
    let turn = turns.at(-1);
    if (turn === undefined || turn.agent !== step.agent) {
      turn = { agent: step.agent, steps: [], calls: [] };
      turns.push(turn);
    }
    turn.steps.push(step);
    if (step.kind === 'call') turn.calls.push(step);
  }
  return turns;
}

function pingPongsOf(steps: readonly JudgedStep[]): Extract<LoopFinding, { kind: 'ping-pong' }>[] {
  const turns = turnsOf(steps);
  /** Turns of which each but the first two is by the agent of the turn before the last, and after it. */
  const exchanges = runs(turns, (turn, place) => isAnswer(turn, turns[place - 1], turns[place - 2]));
  return exchanges.flatMap(({ from, to }) => {
    const exchange = turns.slice(from - 2, to);
    const worked = (turn: Turn) => turn.calls.some(({ progress }) => progress);
    return runs(exchange, (turn) => !worked(turn)).flatMap((quiet) => {
      // Where tools were called, these decide; where there was only talk, it may have been the work.
      const talk = exchange.slice(quiet.from, quiet.to).every(({ calls }) => calls.length === 0);
      if (!talk) return pingPong(exchange, quiet);
      return runs(exchange, (turn, place) => isWithin(place, quiet) && !spokeNews(turn)).flatMap((run) =>
        pingPong(exchange, run),
      );
    });
  });
}

function isAnswer(turn: Turn, last: Turn | undefined, before: Turn | undefined): boolean {
  if (!last || !before || turn.agent === null || last.agent === null) return false;
  return turn.agent === before.agent && follows(turn, last) && follows(last, before);
}

/** Agents that work at the same time do not hand over. */
function follows(turn: Turn, last: Turn): boolean {
  return (turn.steps[0]?.since ?? 0) >= (last.steps.at(-1)?.end ?? 0);
}

const isWithin = (place: number, { from, to }: Run) => place >= from && place < to;
const spokeNews = ({ steps }: Turn) => steps.some(({ progress }) => progress);

/** The turns of the run, which brought nothing, after those of the round that began it. */
function pingPong(
  exchange: readonly Turn[],
  { from, to }: Run,
): Extract<LoopFinding, { kind: 'ping-pong' }>[] {
  const turns = exchange.slice(Math.max(0, from - 2), to);
  const [first, second] = turns;
  if (turns.length < 4 || to - from < 2 || !first?.agent || !second?.agent) return [];
  const idle = exchange.slice(Math.max(from, 2), to).flatMap(({ steps }) => steps);
  return [
    {
      kind: 'ping-pong',
      agents: [first.agent, second.agent],
      turns: turns.length,
      times: Math.floor(turns.length / 2),
      ...placeOf(idle),
    },
  ];
}

/** Everything since the last progress was for nothing. */
function limitOf(steps: readonly JudgedStep[], { limit, said, at, spanId }: LimitEnd): LoopFinding {
  const before = steps.filter(({ start }) => start <= at);
  const last = before.findLastIndex(({ kind, progress }) => kind === 'call' && progress);
  const tail = before.slice(last + 1).filter(({ kind }) => kind === 'call');
  const { spans, steps: count, wasted } = placeOf(tail);
  return { kind: 'limit', limit, said, steps: count, spanId, spans, wasted };
}

function placeOf(steps: readonly Step[]): Pick<LoopFinding, 'steps' | 'spanId' | 'spans' | 'wasted'> {
  const spans = steps.flatMap(({ spanId }) => spanId ?? []);
  return {
    steps: steps.length,
    spanId: spans[0] ?? null,
    spans: spans.slice(0, MOST_SPANS),
    wasted: wasteOf(steps),
  };
}

function wasteOf(steps: readonly Step[]): Waste {
  let [since, end, tokens] = [steps[0]?.since ?? 0, 0, 0];
  let cost: NanoUsd | null = nanoUsd(0);
  for (const step of steps) {
    since = Math.min(since, step.since) as typeof since;
    end = Math.max(end, step.end);
    tokens += step.tokens;
    cost = cost === null || step.cost === null ? null : nanoUsd(cost + step.cost);
  }
  return { duration: micros(Math.max(0, end - since)), tokens, cost };
}

function mostCalled(stretch: readonly CallStep[]): { tool: string; count: number } {
  return mostFrequent(stretch.map(({ tool }) => [tool, tool])) ?? { tool: '', count: 0 };
}

function mostRepeated(calls: readonly CallStep[]): LoopReport['repeated'] {
  const most = mostFrequent(calls.map((call) => [canonicalJson([call.tool, call.arguments]), call.tool]));
  return most && most.count >= REPEATED ? most : null;
}

/** The first of the most frequent keys. */
function mostFrequent(
  entries: readonly [key: string, tool: string][],
): { tool: string; count: number } | null {
  const counts = new Map<string, { tool: string; count: number }>();
  for (const [key, tool] of entries) {
    const entry = counts.get(key);
    if (entry) entry.count++;
    else counts.set(key, { tool, count: 1 });
  }
  let most: { tool: string; count: number } | null = null;
  for (const entry of counts.values()) if (entry.count > (most?.count ?? 0)) most = entry;
  return most;
}

function largest<T extends LoopFinding>(findings: readonly T[]): T[] {
  return findings.toSorted((a, b) => b.steps - a.steps).slice(0, MOST_OF_A_KIND);
}
