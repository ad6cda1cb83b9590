import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectLoops } from './detect-loops.ts';
import type { Json } from './json.ts';
import { loopsOf } from './loop-verdict.ts';
import { describeFinding } from './loop-wording.ts';
import type { Step } from './step.ts';
import { micros, nanoUsd } from './units.ts';

const file = resolve(import.meta.dirname, '../../shared/data/tau-airline/gpt-4o-trials-0-1.json');

type Recorded = {
  reward: number;
  traj: {
    role: string;
    content: string | null;
    tool_call_id?: string;
    tool_calls?: { id: string; function: { name: string; arguments: string } }[] | null;
  }[];
};

/** As a production trace would be: nobody knows what changed. */
function stepsOf({ traj }: Recorded): Step[] {
  // Some ids come twice: an answer is to the call before it.
  const asked = new Map<string, { name: string; arguments: string }>();
  return traj.flatMap((turn, index): Step[] => {
    for (const { id, function: call } of turn.tool_calls ?? []) asked.set(id, call);
    const call = turn.role === 'tool' ? asked.get(turn.tool_call_id ?? '') : undefined;
    if (!call) return [];
    return [
      {
        kind: 'call',
        agent: null,
        tool: call.name,
        arguments: JSON.parse(call.arguments) as Json,
        result: turn.content,
        changed: false,
        milestone: false,
        since: micros(index),
        start: micros(index),
        end: micros(index),
        tokens: 0,
        cost: nanoUsd(0),
        spanId: null,
      },
    ];
  });
}

describe.skipIf(!existsSync(file))('100 recorded gpt-4o runs (../shared/data/tau-airline)', () => {
  const judged = () =>
    (JSON.parse(readFileSync(file, 'utf8')) as Recorded[]).map((run) => ({
      passed: run.reward === 1,
      report: detectLoops({ steps: stepsOf(run), limits: [] }),
    }));

  it('loop in none of 43 passes, and in one failure, which asked four times over for flights it had seen', () => {
    const runs = judged();
    expect(runs.filter(({ passed }) => passed)).toHaveLength(43);
    const looped = runs.filter(({ report }) => loopsOf(report).length > 0);
    expect(looped.map(({ passed, report }) => [passed, ...loopsOf(report).map(describeFinding)])).toEqual([
      [false, '4 steps in a row without progress, search_direct_flight in 4 of them'],
    ]);
  });

  it('hold a step without progress in 1 pass and 8 failures, and three identical calls in 2 failures', () => {
    const runs = judged();
    const passes = (fits: (run: (typeof runs)[number]) => boolean) => {
      const some = runs.filter(fits);
      return [some.filter(({ passed }) => passed).length, some.filter(({ passed }) => !passed).length];
    };
    expect(passes(({ report }) => report.idle > 0)).toEqual([1, 8]);
    expect(passes(({ report }) => report.repeated !== null)).toEqual([0, 2]);
  });
});
