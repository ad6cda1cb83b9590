import { createHash } from 'node:crypto';
import type { Attributes, SentSpan } from './otlp-request.ts';

/** How a simulated agent is built: what its traces look like, and how its messages read. */
export type Architecture = {
  name: string;
  version: string;
  /** 0 to 1: see docs/reference/prospects.md. */
  relevance: number;
  /** Shares of its work that loop, fail, or meet a call that fails. */
  loops: number;
  fails: number;
  retries: number;
};

export type Work = {
  architecture: Architecture;
  /** Makes the ids. */
  name: string;
  lead: string;
  /** When the work is done, in epoch microseconds; it begins before. */
  end: number;
  random: () => number;
};

export type WorkEnd = 'sent' | 'declined' | 'failed';

const SECOND = 1_000_000;
const STRONG = 'sim/sdr';
const SMALL = 'sim/sdr-small';
const declineRate = 0.03;
const loopCalls = 6;

/** The trace of an agent that works for one lead, and whether a message left. The draws are the same for a lead whatever others do. */
export function leadWork({ architecture, name, lead, end, random }: Work): {
  traceId: string;
  spans: SentSpan[];
  ends: WorkEnd;
} {
  const [fate, loop, retry, size] = [random(), random(), random(), random()];
  const ends =
    fate < architecture.fails ? 'failed' : fate < architecture.fails + declineRate ? 'declined' : 'sent';
  const trace = openTrace(idOf('trace', name, 16), architecture);
  const team = architecture.name === 'alice-team';
  const reads = 1 + Math.floor(size * 3);
  const root = trace.open(null, `invoke_agent ${architecture.name}`, agentOf(architecture.name));

  trace.chat(root, team ? STRONG : SMALL, { input: 1800 + size * 900, output: 140 });
  if (retry < architecture.retries) {
    trace.chat(root, SMALL, { input: 900, output: 0, error: 'overloaded' });
  }
  const researcher = team ? trace.open(root, 'invoke_agent researcher', agentOf('researcher')) : root;
  const looked = loop < architecture.loops ? loopCalls : reads;
  for (let turn = 0; turn < looked; turn++) {
    // In a loop the same question brings the same nothing.
    const about = loop < architecture.loops ? 'news' : ['company', 'person', 'news'][turn % 3];
    trace.chat(researcher, SMALL, { input: 1200 + turn * 350, output: 60 });
    const result = loop < architecture.loops ? [] : [{ lead, about, turn }];
    trace.tool(researcher, 'search', { lead, about }, result);
  }
  if (team) trace.close(researcher);
  if (ends === 'sent') {
    const writer = team ? trace.open(root, 'invoke_agent email-writer', agentOf('email-writer')) : root;
    trace.chat(writer, team ? STRONG : SMALL, { input: 1500, output: 190 });
    if (team) trace.close(writer);
    trace.tool(root, 'send_email', { to: lead }, { status: 'accepted' });
  } else {
    trace.chat(root, SMALL, { input: 1500, output: 40 });
  }
  trace.close(root, ends === 'failed' ? 'recursion_limit' : null);
  return { ...trace.placed(end), ends };
}

function agentOf(name: string): Attributes {
  return { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': name };
}

/** Spans one after the other, from time 0. */
function openTrace(traceId: string, { version }: Architecture) {
  const spans: SentSpan[] = [];
  let now = 0;
  const add = (parent: SentSpan | null, name: string, duration: number, attributes: Attributes): SentSpan => {
    const span: SentSpan = {
      traceId,
      spanId: idOf('span', `${traceId} ${spans.length}`, 8),
      ...(parent ? { parentSpanId: parent.spanId } : {}),
      name,
      start: now,
      duration,
      attributes: { 'gen_ai.agent.version': version, ...attributes },
    };
    spans.push(span);
    now += duration + SECOND / 100;
    return span;
  };
  return {
    open: (parent: SentSpan | null, name: string, attributes: Attributes) => add(parent, name, 0, attributes),
    chat(parent: SentSpan, model: string, call: { input: number; output: number; error?: string }) {
      const span = add(parent, `chat ${model}`, Math.round(SECOND * (0.4 + call.output / 90)), {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': model,
        'gen_ai.usage.input_tokens': Math.round(call.input),
        'gen_ai.usage.output_tokens': Math.round(call.output),
      });
      if (call.error) span.error = { type: call.error, message: 'the provider refused the call' };
    },
    tool(parent: SentSpan, name: string, given: unknown, result: unknown) {
      add(parent, `execute_tool ${name}`, SECOND * 0.2, {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': name,
        'gen_ai.tool.call.arguments': JSON.stringify(given),
        'gen_ai.tool.call.result': JSON.stringify(result),
      });
    },
    close(span: SentSpan, error: string | null = null) {
      span.duration = now - span.start;
      if (error) span.error = { type: error, message: 'the agent gave up' };
    },
    placed(end: number) {
      const begin = Math.round(end) - now;
      return { traceId, spans: spans.map((span) => ({ ...span, start: span.start + begin })) };
    },
  };
}

function idOf(kind: string, name: string, bytes: number): string {
  return createHash('sha256')
    .update(`${kind} ${name}`)
    .digest('hex')
    .slice(0, bytes * 2);
}
