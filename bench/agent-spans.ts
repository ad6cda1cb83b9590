import { randomFillSync } from 'node:crypto';
import { encodeTraceRequest } from '../collector/otlp/protobuf-encoder.ts';
import { attributes, exampleSpan } from '../collector/testing/example-span.ts';
import { hex, text } from './words.ts';

/**
 * A request of an agent's spans that can be sent again and again as new spans: `refresh` gives every trace and span a
 * new id and the time of now, in place. Ten spans a trace: the agent, five model calls that each send the history
 * again, four tool calls.
 */
export type SpanRequest = {
  spans: number;
  bytes: number;
  refresh(): Uint8Array<ArrayBuffer>;
  /** Of the spans that were made last, in hex. */
  traceIds(): string[];
};

const tracesPerRequest = 51;
export const spansPerTrace = 10;
const instructions = `You are Alice, a sales development representative. ${text(7, 52)}`;
const resource = {
  attributes: attributes({
    'service.name': 'alice',
    'service.version': '4.2.0',
    'deployment.environment.name': 'production',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.version': '3.1.1',
    'process.pid': 4711,
    'host.name': 'agents-7c9f',
  }),
  schemaUrl: '',
};
const models = ['gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4o'];
const tools = ['crm_lookup', 'send_email', 'search_contacts', 'book_meeting'];

/** @param seed differs from request to request, so that their texts differ too. */
export function spanRequest(seed: number): SpanRequest {
  const spans = Array.from({ length: tracesPerRequest }, (_, trace) =>
    agentTrace(seed * 1000 + trace),
  ).flat();
  const body = encodeTraceRequest(spans);
  const places = placesOf(body, spans.length);
  const ids = Buffer.alloc(spans.length * 8);
  const traceIds = Buffer.alloc(tracesPerRequest * 16);
  return {
    spans: spans.length,
    bytes: body.length,
    refresh() {
      randomFillSync(ids);
      randomFillSync(traceIds);
      const now = BigInt(Date.now()) * 1_000_000n;
      const fresh = new Uint8Array(body.length);
      const view = new DataView(fresh.buffer);
      fresh.set(body);
      places.forEach((place, index) => {
        const trace = Math.floor(index / spansPerTrace);
        fresh.set(traceIds.subarray(trace * 16, trace * 16 + 16), place.trace);
        fresh.set(ids.subarray(index * 8, index * 8 + 8), place.span);
        if (place.parent !== null) {
          const root = trace * spansPerTrace * 8;
          fresh.set(ids.subarray(root, root + 8), place.parent);
        }
        const start =
          now - BigInt((spansPerTrace - (index % spansPerTrace)) * 700_000_000 - index * 1_017_301);
        view.setBigUint64(place.start, start, true);
        view.setBigUint64(place.end, start + BigInt(300_000_000 + index * 733_211), true);
      });
      return fresh;
    },
    traceIds: () =>
      Array.from({ length: tracesPerRequest }, (_, trace) =>
        traceIds.toString('hex', trace * 16, trace * 16 + 16),
      ),
  };
}

function agentTrace(seed: number) {
  const traceId = hex(0xfeed_0000_0000n + BigInt(seed), 32);
  const model = models[seed % models.length] ?? '';
  const session = `lead-${seed % 977}`;
  const root = hex(0xbeef_0000n + BigInt(seed * spansPerTrace), 16);
  const history: { role: string; parts: { type: string; content: string }[] }[] = [
    { role: 'system', parts: [{ type: 'text', content: instructions }] },
    { role: 'user', parts: [{ type: 'text', content: text(seed, 22) }] },
  ];
  return Array.from({ length: spansPerTrace }, (_, index) => {
    const call = seed * spansPerTrace + index;
    const shared = {
      traceId,
      resource,
      spanId: hex(0xbeef_0000n + BigInt(call), 16),
      parentSpanId: index === 0 ? '' : root,
      startTimeUnixNano: sentinel(call * 2),
      endTimeUnixNano: sentinel(call * 2 + 1),
      scope: { name: 'alice-telemetry', version: '4.2.0', attributes: [], schemaUrl: '' },
    };
    if (index === 0) {
      return exampleSpan({
        ...shared,
        name: 'invoke_agent alice',
        kind: 1,
        attributes: attributes({
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.agent.name': 'alice',
          'gen_ai.conversation.id': session,
          'user.id': `user-${seed % 313}`,
        }),
      });
    }
    if (index % 2 === 0) {
      const tool = tools[call % tools.length] ?? '';
      const result = text(call, 14);
      history.push({ role: 'tool', parts: [{ type: 'text', content: result }] });
      return exampleSpan({
        ...shared,
        name: `execute_tool ${tool}`,
        kind: 1,
        attributes: attributes({
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': tool,
          'gen_ai.tool.call.id': `call_${hex(BigInt(call), 12)}`,
          'gen_ai.tool.call.arguments': JSON.stringify({ query: text(call + 1, 4) }),
          'gen_ai.tool.call.result': JSON.stringify({ found: result }),
        }),
      });
    }
    const said = text(call, 12);
    const input = JSON.stringify(history);
    history.push({ role: 'assistant', parts: [{ type: 'text', content: said }] });
    return exampleSpan({
      ...shared,
      name: `chat ${model}`,
      kind: 3,
      attributes: attributes({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': model,
        'gen_ai.response.model': model,
        'gen_ai.response.id': `chatcmpl-${hex(BigInt(call), 16)}`,
        'gen_ai.request.temperature': 0.2,
        'gen_ai.conversation.id': session,
        'gen_ai.usage.input_tokens': 300 + (call % 700),
        'gen_ai.usage.output_tokens': 20 + (call % 60),
        'gen_ai.response.finish_reasons': ['stop'],
        'server.address': 'api.openai.com',
        'server.port': 443,
        'gen_ai.input.messages': input,
        'gen_ai.output.messages': JSON.stringify([
          { role: 'assistant', parts: [{ type: 'text', content: said }] },
        ]),
      }),
    });
  });
}

type Place = { trace: number; span: number; parent: number | null; start: number; end: number };

/** Where the ids and times of each span lie: fields come in the order of their numbers. */
function placesOf(body: Buffer, count: number): Place[] {
  const places: Place[] = [];
  for (let at = 0; places.length < count; ) {
    // Field 1 of 16 bytes, then field 2 of 8 bytes: the ids of a span.
    const trace = body.indexOf(Buffer.from([0x0a, 16]), at) + 2;
    if (body[trace + 16] !== 0x12 || body[trace + 17] !== 8) {
      at = trace;
      continue;
    }
    const span = trace + 18;
    const parent = body[span + 8] === 0x22 && body[span + 9] === 8 ? span + 10 : null;
    const start = body.indexOf(SENTINEL, span) - 4;
    const end = body.indexOf(SENTINEL, start + 8) - 4;
    places.push({ trace, span, parent, start, end });
    at = end + 8;
  }
  return places;
}

const SENTINEL = Buffer.from([0x5a, 0xc3, 0xd7, 0x17]);

/** A time, between the years 2000 and 2100, that can be found again by its upper half. */
function sentinel(number: number): bigint {
  return (BigInt(SENTINEL.readUInt32LE()) << 32n) + BigInt(number);
}
