import { describe, expect, it } from 'vitest';
import type { RecordedMessage, RecordedRun } from './data-files.ts';
import { callsOf, recordingOf, stepsOf } from './recording.ts';

const call = (name: string, args: string) => ({ id: `call_${name}`, function: { name, arguments: args } });
const user = (content: string): RecordedMessage => ({ role: 'user', content });
const output = (name: string, content: string): RecordedMessage => ({
  role: 'tool',
  tool_call_id: `call_${name}`,
  name,
  content,
});

function run(...traj: RecordedMessage[]): RecordedRun {
  return {
    task_id: 7,
    trial: 1,
    reward: 1,
    info: { task: { instruction: 'You want a seat.', actions: [], outputs: [] } },
    traj: [{ role: 'system', content: 'policy' }, user('Hi'), ...traj],
  };
}

describe('a recording', () => {
  it('executes the first call of a message, and says neither the text beside it nor the rest', () => {
    const recording = recordingOf(
      run(
        {
          role: 'assistant',
          content: 'Let me think',
          tool_calls: [call('think', '{"thought": "x"}'), call('calculate', '{}')],
        },
        output('think', ''),
        { role: 'assistant', content: 'Done', tool_calls: null },
        user('Thanks ###STOP###'),
      ),
    );
    expect(recording).toMatchObject({ scenarioId: 'tau-airline/task-07', index: 1, finished: true });
    expect(callsOf(recording)).toEqual([
      { id: 'call_think', tool: 'think', arguments: { thought: 'x' }, output: '' },
    ]);
    expect(stepsOf(recording).at(-1)).toEqual({ does: 'say', place: 4, text: 'Done' });
  });

  it('is finished by a transfer too, but not by running out of steps', () => {
    const transfer = call('transfer_to_human_agents', '{"summary": ""}');
    const handedOver = run(
      { role: 'assistant', content: null, tool_calls: [transfer] },
      output('transfer_to_human_agents', 'Transfer successful'),
    );
    expect(recordingOf(handedOver).finished).toBe(true);
    expect(recordingOf(run({ role: 'assistant', content: 'One moment' }, user('Yes?'))).finished).toBe(false);
  });

  it('is refused where a call has no output, or arguments that are no object', () => {
    const assistant = (args: string): RecordedMessage => ({
      role: 'assistant',
      content: null,
      tool_calls: [call('think', args)],
    });
    const refusal = (message: RegExp) =>
      expect.objectContaining({ code: 'DATA_UNREADABLE', message: expect.stringMatching(message) });
    expect(() => recordingOf(run(assistant('{}')))).toThrow(refusal(/output after the call call_think/));
    expect(() => recordingOf(run(assistant('[1]'), output('think', '')))).toThrow(refusal(/JSON object/));
    expect(() => recordingOf(run(assistant('{"a'), output('think', '')))).toThrow(refusal(/got {"a/));
  });
});
