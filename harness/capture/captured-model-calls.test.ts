import { expect, it } from 'vitest';
import { ScenarioId } from '../../domain/ids.ts';
import { putTogether } from '../model/cassette/recording.ts';
import { capturedModelCalls } from './captured-model-calls.ts';
import { chatSpan } from './example-trace.ts';

const scenario = ScenarioId.parse('captured/one');
const asks = [{ role: 'user', content: 'Find Lee.' }];
const search = { type: 'tool_call' as const, id: 'c1', name: 'search', arguments: { q: 'Lee' } };

it('rebuilds a request and its answer, whole and streamed', () => {
  const tools = [{ type: 'function', name: 'search', parameters: { type: 'object' } }];
  const span = chatSpan({ asks, calls: [search], system: 'You sell.', tools });
  const { recordings, rules, leftOut, model } = capturedModelCalls([span], scenario);
  expect([leftOut, model, rules.ignore.includes('tools')]).toEqual([[], 'gpt-test', false]);
  const [whole, streamed] = recordings;
  expect(whole && putTogether(whole.request, new Map())).toEqual({
    method: 'POST',
    path: '/chat/completions',
    body: {
      model: 'gpt-test',
      messages: [
        { role: 'system', content: 'You sell.' },
        { role: 'user', content: 'Find Lee.' },
      ],
      tools: [{ type: 'function', function: { name: 'search', parameters: { type: 'object' } } }],
    },
  });
  const told = {
    model: 'gpt-test-2026-01-01',
    usage: { input: 100, cacheRead: 20, cacheWrite: 0, output: 10, reasoning: 0 },
    finishReason: 'tool_calls',
  };
  expect(whole).toMatchObject(told);
  expect(streamed).toMatchObject({ ...told, request: { body: { stream: true } } });
  const [[at, text] = [0, '']] = whole?.chunks ?? [];
  expect(at).toBe(1_500_000);
  expect(JSON.parse(text).choices[0].message.tool_calls).toEqual([
    { id: 'c1', type: 'function', function: { name: 'search', arguments: '{"q":"Lee"}' } },
  ]);
  expect(streamed?.chunks[0]?.[1]).toMatch(
    /^data: \{.*"index":0,"id":"c1".*\n\n(?:data: .*\n\n)+data: \[DONE\]\n\n$/,
  );
});

it('counts equal requests, and compares no tools where a call does not tell them', () => {
  const { recordings, rules } = capturedModelCalls(
    [chatSpan({ asks, says: 'A' }), chatSpan({ asks, says: 'B' })],
    scenario,
  );
  expect(recordings.map(({ place }) => place.occurrence)).toEqual([0, 0, 1, 1]);
  expect(rules.ignore).toContain('tools');
});

it.each([
  ['its messages were not captured', chatSpan({ asks: null, says: 'A' })],
  ['its answer was not captured', chatSpan({ asks })],
  ['it failed', { ...chatSpan({ asks, says: 'A' }), status: 'error' as const }],
  ['calls without ids', chatSpan({ asks, calls: [{ ...search, id: null }] })],
])('leaves a call out where %s', (why, span) => {
  const { recordings, leftOut } = capturedModelCalls([span], scenario);
  expect(recordings).toEqual([]);
  expect(leftOut).toEqual([expect.stringContaining(why)]);
});
