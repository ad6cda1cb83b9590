import type { SentSpan } from '../../../cli/seed/otlp-request.ts';
import type { Trial } from '../../../domain/trial.ts';
import { agentSpans } from './agent-trace.ts';
import { spanIdOf, traceIdOf } from './ids.ts';

/** The trace of a trial: one tool call for each call to the world. */
export function trialSpans(trial: Trial): SentSpan[] {
  if (!trial.traceId) return [];
  return agentSpans({
    traceId: trial.traceId,
    start: trial.start,
    rehearsal: { runId: trial.runId, trialId: trial.id, scenarioId: trial.scenario.id },
    model: 'sim/careful',
    asked: trial.scenario.start.message,
    answered: trial.turns.findLast(({ from }) => from === 'agent')?.text ?? '',
    steps: trial.calls.map((call) => ({
      tool: call.operation.startsWith('GET ')
        ? 'fetch'
        : `${call.service}_${call.operation.replace('.', '_')}`,
      arguments: call.request,
      result: call.response,
      ...(call.status >= 500 && {
        error: { type: String(call.status), message: `${call.service} answered ${call.status}` },
      }),
    })),
  });
}

export const liveTraceId = traceIdOf('live');
export const orphanTraceId = traceIdOf('orphan');

/** Hostile text in every place that shows text, and a tool that fails. */
export function liveSpans(start: number): SentSpan[] {
  const hostile = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
  return agentSpans({
    traceId: liveTraceId,
    start,
    model: 'gpt-4o-mini',
    asked: `Summarise this page: ${hostile}`,
    answered: `The page says ${hostile}`,
    steps: [
      {
        tool: 'fetch_page',
        arguments: { url: 'https://shop.example', note: hostile },
        result: { html: hostile },
      },
      {
        tool: 'fetch_page',
        arguments: { url: 'https://gone.example' },
        result: null,
        error: { type: 'TimeoutError', message: 'no answer within 5 s' },
      },
      { tool: 'save_note', arguments: { text: 'A shop.' }, result: { saved: true } },
    ],
  });
}

export const hostileTraceId = traceIdOf('hostile');
export const hostileText =
  '<img src=x onerror="document.title=1">\u0000\u202eevil\u001b[31m <script>alert(1)</script>';

/**
 * What no emitter should send: parents that are missing or go round, clocks days apart, no length, a kind that nobody
 * knows, a call without content, and text that is hostile in every place, once of a megabyte.
 */
export function hostileSpans(start: number): SentSpan[] {
  const apart = 2 * 86_400e6;
  const id = (name: string) => spanIdOf(hostileTraceId, name);
  const span = (name: string, parent: string | null, part: Partial<SentSpan> = {}): SentSpan => ({
    traceId: hostileTraceId,
    spanId: id(name),
    ...(parent !== null && { parentSpanId: id(parent) }),
    name: `${name} ${hostileText}`,
    start,
    duration: 1000,
    ...part,
  });
  const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': hostileText };
  return [
    span('orphan', 'never sent'),
    span('round-1', 'round-2'),
    span('round-2', 'round-1'),
    span('itself', 'itself'),
    span('early', 'orphan', { start: start - apart, duration: 2 * apart }),
    span('instant', 'orphan', { duration: 0, attributes: { 'gen_ai.operation.name': 'levitate' } }),
    span('silent', 'orphan', { attributes: chat }),
    span('loud', 'orphan', {
      name: `loud ${'x'.repeat(100_000)}`,
      attributes: {
        ...chat,
        'gen_ai.agent.name': hostileText,
        'gen_ai.input.messages': JSON.stringify([
          { role: hostileText, parts: [{ type: 'text', content: hostileText + 'm'.repeat(1_000_000) }] },
        ]),
        'gen_ai.output.messages': '{ this is no JSON',
        [hostileText]: hostileText,
      },
      error: { type: hostileText, message: hostileText },
      events: [{ name: hostileText, at: start, attributes: { [hostileText]: hostileText } }],
    }),
  ];
}

/** A trace whose root never arrived. */
export function orphanSpans(start: number): SentSpan[] {
  const spans = agentSpans({
    traceId: orphanTraceId,
    start,
    model: 'gpt-4o-mini',
    asked: 'Ping',
    answered: 'Pong',
    steps: [{ tool: 'ping', arguments: {}, result: 'pong' }],
  });
  return spans.slice(1);
}

/** Agents within agents, `count` spans in all. */
export function crawlerSpans(
  { traceId, count }: { traceId: string; count: number },
  start: number,
): SentSpan[] {
  const root = spanIdOf(traceId, 0);
  const crawler: SentSpan = {
    traceId,
    spanId: root,
    name: 'invoke_agent crawler',
    start,
    duration: count * 2000,
    attributes: { 'gen_ai.operation.name': 'invoke_agent' },
  };
  const others = Array.from({ length: count - 1 }, (_, before): SentSpan => {
    const index = before + 1;
    const isGroup = index % 10 === 1;
    return {
      traceId,
      spanId: spanIdOf(traceId, index),
      parentSpanId: isGroup ? root : spanIdOf(traceId, index - ((index - 1) % 10)),
      name: isGroup ? `invoke_agent reader-${index}` : `execute_tool read_${index}`,
      start: start + index * 2000,
      duration: isGroup ? 20_000 : 1500,
      attributes: { 'gen_ai.operation.name': isGroup ? 'invoke_agent' : 'execute_tool' },
    };
  });
  return [crawler, ...others];
}
