import type { SentSpan } from '../../cli/seed/otlp-request.ts';
import { spanIdOf } from '../../dashboard/e2e/seed/ids.ts';
import type { TraceId } from '../../domain/ids.ts';

const stepsOfTurn = 20;
const gapMicros = 3000;
const operations = { agent: 'invoke_agent', llm: 'chat', tool: 'execute_tool' } as const;

/** Turns of an agent below one root, each of calls of the model and of tools; some fail. `start`: epoch microseconds. */
export function largeTrace(traceId: TraceId, size: number, start: number): SentSpan[] {
  return Array.from({ length: size }, (_, place): SentSpan => {
    const turn = place - ((place - 1) % stepsOfTurn);
    const kind = place === 0 || place === turn ? 'agent' : place % 2 === 0 ? 'llm' : 'tool';
    const parent = place === 0 ? null : place === turn ? 0 : turn;
    const names = { agent: `reader-${turn}`, llm: 'gpt-4o-mini', tool: `read_${place}` };
    return {
      traceId,
      spanId: spanIdOf(traceId, place),
      ...(parent !== null && { parentSpanId: spanIdOf(traceId, parent) }),
      name: `${operations[kind]} ${names[kind]}`,
      start: start + place * gapMicros,
      duration: place === 0 ? size * gapMicros : 1000 + (place % 997) * 1000,
      attributes: {
        'gen_ai.operation.name': operations[kind],
        'gen_ai.agent.name': 'reader',
        ...(kind === 'tool' && { 'gen_ai.tool.name': `read_${place % 7}` }),
        ...(kind === 'llm' && {
          'gen_ai.request.model': 'gpt-4o-mini',
          'gen_ai.usage.input_tokens': 500 + (place % 1000),
          'gen_ai.usage.output_tokens': place % 300,
        }),
      },
      ...(place % 211 === 3 && { error: { type: 'TimeoutError', message: 'no answer within 5 s' } }),
    };
  });
}
