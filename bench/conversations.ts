import type { OtlpSpan } from '../collector/otlp/trace-request.ts';
import { attributes, exampleSpan, NOON } from '../collector/testing/example-span.ts';
import { hex, text } from './words.ts';

const turns = 50;
const turnNanos = 20_000_000_000n;
const resource = {
  attributes: attributes({ 'service.name': 'assistant', 'service.version': '1.8.0' }),
  schemaUrl: '',
};
const instructions = `You are a personal assistant. ${text(11, 150)}`;

/**
 * A conversation of 50 turns: each a call of a model, which gets the whole history again, and a call of a tool. With it
 * the bytes of its text: messages, arguments and results as they were sent.
 */
export function conversation(number: number): { spans: OtlpSpan[]; textBytes: number } {
  const history: { role: string; parts: { type: string; content: string }[] }[] = [
    { role: 'system', parts: [{ type: 'text', content: instructions }] },
  ];
  const traceId = hex(scattered(number, 3) * 2n ** 64n + scattered(number, 5), 32);
  let textBytes = 0;
  const spans = Array.from({ length: turns }, (_, turn) => {
    const seed = number * 1000 + turn * 7;
    const start = NOON + BigInt(number) * 1_234_567_891n + BigInt(turn) * turnNanos;
    const say = (role: string, words: number, part: number) => {
      const content = text(seed + part, words);
      history.push({ role, parts: [{ type: 'text', content }] });
      return content;
    };
    say('user', 25, 1);
    const input = JSON.stringify(history);
    const output = JSON.stringify([
      { role: 'assistant', parts: [{ type: 'text', content: say('assistant', 50, 2) }] },
    ]);
    const query = JSON.stringify({ query: text(seed + 3, 5) });
    const result = JSON.stringify({ found: say('tool', 60, 4) });
    textBytes += Buffer.byteLength(input + output + query + result);
    const shared = { traceId, resource };
    const model = exampleSpan({
      ...shared,
      spanId: hex(scattered(seed, 17), 16),
      parentSpanId: '',
      name: 'chat gpt-4.1',
      startTimeUnixNano: start,
      endTimeUnixNano: start + 2_100_000_000n,
      attributes: attributes({
        ...modelCall(seed),
        'gen_ai.input.messages': input,
        'gen_ai.output.messages': output,
      }),
    });
    const tool = exampleSpan({
      ...shared,
      spanId: hex(scattered(seed, 23), 16),
      parentSpanId: model.spanId,
      name: 'execute_tool search_mail',
      startTimeUnixNano: start + 2_200_000_000n,
      endTimeUnixNano: start + 2_400_000_000n,
      attributes: attributes({
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'search_mail',
        'gen_ai.tool.call.arguments': query,
        'gen_ai.tool.call.result': result,
      }),
    });
    return [model, tool];
  });
  return { spans: spans.flat(), textBytes };
}

/** A trace of ten spans without content: an agent, five model calls and four tool calls. */
export function leanTrace(number: number): OtlpSpan[] {
  const traceId = hex(scattered(number, 3) * 2n ** 64n + scattered(number, 5), 32);
  const began = NOON + BigInt(number) * 3_100_000_007n;
  const root = hex(scattered(number, 7), 16);
  return Array.from({ length: 10 }, (_, index) => {
    const seed = number * 10 + index;
    const start = began + BigInt(index) * 900_000_000n + (scattered(seed, 11) % 1_000_000n) * 1000n;
    const named = index === 0 ? agentCall : index % 2 === 0 ? toolCall : modelCall;
    return exampleSpan({
      traceId,
      resource,
      spanId: index === 0 ? root : hex(scattered(seed, 13), 16),
      parentSpanId: index === 0 ? '' : root,
      name:
        index === 0 ? 'invoke_agent alice' : index % 2 === 0 ? 'execute_tool search_mail' : 'chat gpt-4.1',
      startTimeUnixNano: start,
      endTimeUnixNano: start + (scattered(seed, 19) % 2_000_000n) * 1000n,
      attributes: attributes(named(seed)),
    });
  });
}

function agentCall() {
  return { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'alice' };
}

function toolCall() {
  return { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search_mail' };
}

function modelCall(seed: number) {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4.1',
    'gen_ai.response.model': 'gpt-4.1',
    'gen_ai.usage.input_tokens': 900 + (seed % 4000),
    'gen_ai.usage.output_tokens': 20 + (seed % 300),
    'gen_ai.response.finish_reasons': ['stop'],
  };
}

/** 63 bits that look random: ids are. */
function scattered(number: number, salt: number): bigint {
  let value = BigInt(number + 1) * 0x9e37_79b9_7f4a_7c15n + BigInt(salt) * 0xd1b5_4a32_d192_ed03n;
  value = BigInt.asUintN(64, (value ^ (BigInt.asUintN(64, value) >> 29n)) * 0xbf58_476d_1ce4_e5b9n);
  return BigInt.asUintN(63, value ^ (value >> 32n)) + 1n;
}
