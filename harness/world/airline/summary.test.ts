import { describe, expect, it } from 'vitest';
import { WorldCall } from '../../../domain/effect.ts';
import type { Outcome } from '../../../domain/outcome.ts';
import { type Recording, scenarioIdOf } from './recording.ts';
import { type ReplayedTrial, summarise, summaryLine } from './summary.ts';

const passed: Outcome = { kind: 'passed' };
const harm: Outcome = { kind: 'failed', failure: 'harm', explanation: 'booked twice' };

function recording(task: number, index: number, reward: number, ...outputs: string[]): Recording {
  const messages = outputs.flatMap((content, number): Recording['messages'] => [
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: `c${number}`, function: { name: 'think', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: `c${number}`, name: 'think', content },
  ]);
  return { scenarioId: scenarioIdOf(task), index, reward, finished: true, messages };
}

function trial(task: number, index: number, outcome: Outcome, ...outputs: string[]): ReplayedTrial {
  const calls = outputs.map((response, place) =>
    WorldCall.parse({
      number: place + 1,
      service: 'airline',
      operation: 'think',
      traceId: null,
      spanId: null,
      at: 0,
      request: {},
      status: 200,
      response,
      fault: null,
    }),
  );
  return { scenario: { id: scenarioIdOf(task) }, index, outcome, calls };
}

describe('summarise', () => {
  it('counts what agrees, with pass^1 and pass^2', () => {
    const recordings = [
      recording(0, 0, 1, 'a', 'b'),
      recording(0, 1, 1, 'a'),
      recording(1, 0, 1),
      recording(1, 1, 0, 'c'),
    ];
    const trials = [
      trial(0, 0, passed, 'a', 'b'),
      trial(0, 1, passed, 'a'),
      trial(1, 0, passed),
      trial(1, 1, harm, 'c'),
    ];
    const summary = summarise(trials, recordings);
    expect(summary).toMatchObject({ passHat1: 0.75, passHat2: 0.5, disagreements: [] });
    expect(summaryLine(summary)).toBe('tau-airline: verdicts 4/4 outputs 4/4');
  });

  it('says where replay and record part', () => {
    const recordings = [recording(0, 0, 1, 'abc', 'd'), recording(1, 0, 0), recording(2, 0, 1, 'e')];
    const voided: Outcome = { kind: 'void', cause: 'infrastructure', explanation: 'no world' };
    const summary = summarise([trial(0, 0, harm, 'abX'), trial(1, 0, voided)], recordings);
    expect(summaryLine(summary)).toBe('tau-airline: verdicts 0/3 outputs 0/3');
    expect(summary.disagreements.map(({ index, ...rest }) => rest)).toEqual([
      {
        scenarioId: 'tau-airline/task-00',
        about: 'verdict',
        explanation: 'recorded reward 1, replayed: failed (harm): booked twice',
      },
      {
        scenarioId: 'tau-airline/task-00',
        about: 'output',
        explanation: 'call 1, think: from character 3 expected "c", got "X"',
      },
      {
        scenarioId: 'tau-airline/task-00',
        about: 'output',
        explanation: 'call 2, think: expected "d", got no output',
      },
      {
        scenarioId: 'tau-airline/task-01',
        about: 'verdict',
        explanation: 'recorded reward 0, replayed: void (infrastructure): no world',
      },
      {
        scenarioId: 'tau-airline/task-02',
        about: 'verdict',
        explanation: 'recorded reward 1, replayed: no trial',
      },
      {
        scenarioId: 'tau-airline/task-02',
        about: 'output',
        explanation: 'call 1, think: expected "e", got no output',
      },
    ]);
  });
});
