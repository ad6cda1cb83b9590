import { context, diag, propagation, trace } from '@opentelemetry/api';
import { startNodeSdk } from '@opentelemetry/sdk-node';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RunId } from '../../../domain/ids.ts';
import { trialIdOf } from '../../runner/trial-plan.ts';
import type { Door } from '../door.ts';
import { openDoor } from '../msw-door.ts';
import type { RecordedMessage } from './data-files.ts';
import { EXAMPLE } from './example-airline.ts';
import { type Recording, scenarioIdOf } from './recording.ts';
import { worldAfter } from './reference.ts';
import { replayAgent } from './replay-agent.ts';

const exporter = new InMemorySpanExporter();
const processor = new SimpleSpanProcessor({ exporter });
const signal = new AbortController().signal;
const trial = { scenarioId: scenarioIdOf(3), index: 1 };
const runId = RunId.parse('run-1');
const conversationId = trialIdOf(runId, trial.scenarioId, trial.index);

function calling(name: string, args: object, output: string): RecordedMessage[] {
  const id = `call_${name}`;
  return [
    {
      role: 'assistant',
      content: 'Beside the call',
      tool_calls: [{ id, function: { name, arguments: JSON.stringify(args) } }],
    },
    { role: 'tool', tool_call_id: id, name, content: output },
  ];
}

const recording: Recording = {
  ...trial,
  reward: 1,
  finished: true,
  messages: [
    { role: 'system', content: 'policy' },
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
    { role: 'user', content: 'Cancel R1' },
    ...calling(
      'update_reservation_baggages',
      { reservation_id: 'XX', total_baggages: 1, nonfree_baggages: 1, payment_id: '' },
      'Error: reservation not found',
    ),
    ...calling('calculate', { expression: '1+1' }, '3.0'),
    ...calling(
      'send_certificate',
      { user_id: 'ann', amount: 5 },
      'Certificate certificate_3221322 added to user ann with amount 5.',
    ),
    { role: 'assistant', content: 'Done' },
    { role: 'user', content: '###STOP###' },
  ],
};

describe('a replayed recording', () => {
  let door: Door;
  let sdk: { shutdown(): Promise<void> };

  beforeAll(() => {
    sdk = startNodeSdk({
      spanProcessors: [processor],
      metricReaders: [],
      logRecordProcessors: [],
    });
    door = openDoor({ passthrough: [] });
  });
  beforeEach(() => exporter.reset());
  afterAll(async () => {
    door.close();
    await sdk.shutdown();
    for (const api of [trace, context, propagation, diag]) api.disable();
  });

  async function replay() {
    const world = await worldAfter([], EXAMPLE);
    const agent = replayAgent([recording], { runId, flush: async () => {} });
    const request = { message: 'brief', conversationId };
    const result = await door.inside(world, () => agent.run(request, world.environment, signal));
    await processor.forceFlush();
    return { world, result, spans: exporter.getFinishedSpans() };
  }

  it('says again what was said, without the text beside calls', async () => {
    expect((await replay()).result).toEqual({ said: ['Hello', 'Done'], finished: true });
  });

  it('makes the calls again, each under its tool span', async () => {
    const { world, spans } = await replay();
    expect(world.calls.map(({ operation }) => operation)).toEqual([
      'update_reservation_baggages',
      'calculate',
      'send_certificate',
    ]);
    const tools = spans.filter(({ name }) => name.startsWith('execute_tool'));
    expect(world.calls.map(({ spanId }) => spanId)).toEqual(tools.map((span) => span.spanContext().spanId));
    expect(world.journal).toHaveLength(1);
  });

  it('marks a refusal of a tool, and an output that is not the recorded one', async () => {
    const { spans } = await replay();
    const named = (name: string) => spans.find((span) => span.name === `execute_tool ${name}`)?.attributes;
    expect(named('update_reservation_baggages')).toMatchObject({ 'error.type': 'tool_error' });
    expect(named('calculate')).toMatchObject({
      'error.type': 'output_differs',
      'gen_ai.tool.call.arguments': '{"expression":"1+1"}',
      'gen_ai.tool.call.result': '2.0',
    });
    expect(named('send_certificate')).not.toHaveProperty('error.type');
  });

  it('emits one tree: the agent, and below it model and tool calls in turn', async () => {
    const { spans } = await replay();
    const agent = spans.find(({ name }) => name.startsWith('invoke_agent')) as ReadableSpan;
    expect(spans.map(({ name }) => name)).toEqual([
      'chat gpt-4o',
      'chat gpt-4o',
      'execute_tool update_reservation_baggages',
      'chat gpt-4o',
      'execute_tool calculate',
      'chat gpt-4o',
      'execute_tool send_certificate',
      'chat gpt-4o',
      'invoke_agent tau-bench-gpt-4o',
    ]);
    for (const span of spans) {
      if (span !== agent) expect(span.parentSpanContext?.spanId).toBe(agent.spanContext().spanId);
    }
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it('shows each model call what it had seen, and invents no tokens', async () => {
    const { spans } = await replay();
    const chats = spans.filter(({ name }) => name.startsWith('chat')).map(({ attributes }) => attributes);
    expect(JSON.parse(String(chats[1]?.['gen_ai.input.messages']))).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
      { role: 'assistant', parts: [{ type: 'text', content: 'Hello' }] },
      { role: 'user', parts: [{ type: 'text', content: 'Cancel R1' }] },
    ]);
    expect(JSON.parse(String(chats[0]?.['gen_ai.system_instructions']))).toEqual([
      { type: 'text', content: 'policy' },
    ]);
    expect(chats.flatMap(Object.keys).filter((name) => name.includes('usage'))).toEqual([]);
  });

  it('knows only trials that were recorded', async () => {
    const agent = replayAgent([recording], { runId, flush: async () => {} });
    const unknown = { message: 'brief', conversationId: trialIdOf(runId, trial.scenarioId, 2) };
    await expect(agent.run(unknown, {}, signal)).rejects.toThrow(/expected a recording of the trial/);
  });

  it('stops when it is told to', async () => {
    const world = await worldAfter([], EXAMPLE);
    const agent = replayAgent([recording], { runId, flush: async () => {} });
    const aborted = AbortSignal.abort(new Error('enough'));
    const request = { message: 'brief', conversationId };
    await expect(agent.run(request, world.environment, aborted)).rejects.toThrow('enough');
    expect(world.calls).toEqual([]);
  });
});
