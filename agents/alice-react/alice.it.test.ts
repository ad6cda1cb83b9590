import { context, propagation, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { calls, openCompany, type Seen, says } from '../genai/example-company.ts';
import { endConversation, flush, run, startTelemetry } from './index.ts';

const exporter = new InMemorySpanExporter();
const telemetry = startTelemetry({ exporter });
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  endConversation('conv-1');
  await flush();
  exporter.reset();
  await Promise.all(open.splice(0).map((company) => company.close()));
});
afterAll(() => telemetry.shutdown());

type Company = Awaited<ReturnType<typeof openCompany>>;

async function company(...answers: Parameters<typeof openCompany>): Promise<Company> {
  const opened = await openCompany(...answers);
  open.push(opened);
  return opened;
}

function ask(
  { environment }: Company,
  extra: Record<string, string> = {},
  signal = new AbortController().signal,
) {
  return run({ message: 'Look up Lee.', conversationId: 'conv-1' }, { ...environment, ...extra }, signal);
}

async function spans(): Promise<ReadableSpan[]> {
  await flush();
  return exporter.getFinishedSpans();
}

async function span(name: string): Promise<ReadableSpan> {
  const found = (await spans()).find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no span "${name}"`);
  return found;
}

const fine = () => ({ status: 200, body: { contacts: [], total: 0 } });
const search: [string, object] = ['search_contacts', { query: 'Lee' }];
const thenStops = (first: ReturnType<typeof calls>) => (call: number) => (call === 1 ? first : says('Done.'));

/** What the model was told of its tool calls. */
function observed({ seen }: Company): string[] {
  const last = seen.filter(({ path }) => path === '/v1/chat/completions').at(-1) as Seen;
  const { messages } = last.body as { messages: { role: string; content: string }[] };
  return messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
}

describe('a run of Alice', () => {
  it('calls tools until the model speaks', async () => {
    const target = await company(fine, thenStops(calls(search, ['current_time', {}])));
    expect(await ask(target)).toEqual({ said: ['Done.'], finished: true });
    expect(target.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/chat/completions',
      'GET /crm/contacts?q=Lee',
      'GET /calendar/clock',
      'POST /v1/chat/completions',
    ]);
    expect(observed(target)).toHaveLength(2);
  });

  it('ends at its recursion limit', async () => {
    const target = await company(fine, () => calls(search));
    expect(await ask(target, { ALICE_RECURSION_LIMIT: '3' })).toEqual({ said: [], finished: false });
    const agent = await span('invoke_agent alice-react');
    expect(agent.attributes['error.type']).toBe('recursion_limit');
    expect(agent.status.code).toBe(SpanStatusCode.ERROR);
  });

  it('tells the model of a tool that failed, and never tries again by itself', async () => {
    const failing = () => ({ status: 504, body: { error: { message: 'no answer in time' } } });
    const target = await company(failing, thenStops(calls(search)));
    expect((await ask(target)).finished).toBe(true);
    expect(target.seen.filter(({ path }) => path.startsWith('/crm'))).toHaveLength(1);
    expect(observed(target)).toEqual(['{"error":{"type":"504","status":504,"message":"no answer in time"}}']);
  });

  it('tells the model of a lost connection, of an unknown tool and of arguments that do not fit', async () => {
    const target = await company(
      () => null,
      thenStops(calls(search, ['fly', {}], ['search_contacts', '{"query":'])),
    );
    await ask(target);
    const [lost, unknown, invalid] = observed(target);
    expect(lost).toMatch(/no answer from the crm .*may have acted/);
    expect(unknown).toMatch(/no tool \\"fly\\"; there are search_contacts, /);
    expect(invalid).toMatch(/"type":"invalid_arguments"/);
    const failed = (await spans()).filter(({ name }) => name.startsWith('execute_tool'));
    expect(failed.map(({ attributes }) => attributes['error.type'])).toEqual([
      'unknown_tool',
      'invalid_arguments',
      'TypeError',
    ]);
    expect(failed.at(-1)?.events[0]?.name).toBe('exception');
  });

  it('rejects when the model fails', async () => {
    const target = await company(fine, () => ({ status: 401, body: { error: { message: 'bad key' } } }));
    await expect(ask(target)).rejects.toThrow(/bad key/);
    const chat = await span('chat gpt-test');
    expect(chat.attributes['error.type']).toBe('401');
    expect(chat.events[0]?.name).toBe('exception');
    expect((await span('invoke_agent alice-react')).status.code).toBe(SpanStatusCode.ERROR);
  });

  it('stops when it is aborted in a tool', async () => {
    const stop = new AbortController();
    const target = await company(
      () => {
        stop.abort(new Error('enough'));
        return 'never';
      },
      thenStops(calls(search)),
    );
    await expect(ask(target, {}, stop.signal)).rejects.toThrow('enough');
  });
});

describe('its spans', () => {
  it('are one trace: the agent, its model calls, its tools', async () => {
    const target = await company(fine, thenStops(calls(search)));
    await ask(target);
    const agent = await span('invoke_agent alice-react');
    const children = (await spans()).filter(({ name }) => !name.startsWith('invoke_agent'));
    expect(children.map(({ name, kind }) => [name, kind])).toEqual([
      ['chat gpt-test', SpanKind.CLIENT],
      ['execute_tool search_contacts', SpanKind.INTERNAL],
      ['chat gpt-test', SpanKind.CLIENT],
    ]);
    for (const child of children) {
      expect(child.parentSpanContext?.spanId).toBe(agent.spanContext().spanId);
      expect(child.attributes).toMatchObject({
        'gen_ai.agent.name': 'alice-react',
        'gen_ai.conversation.id': 'conv-1',
        'session.id': 'conv-1',
      });
    }
  });

  it('carry model, tokens and content', async () => {
    const target = await company(fine, thenStops(calls(search)));
    await ask(target);
    const { attributes } = await span('chat gpt-test');
    expect(attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-test',
      'gen_ai.response.model': 'gpt-test-2026-01-01',
      'gen_ai.response.finish_reasons': ['tool_calls'],
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.cache_read.input_tokens': 100,
      'gen_ai.usage.output_tokens': 30,
      'gen_ai.usage.reasoning.output_tokens': 20,
      'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Look up Lee."}]}]',
    });
    expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toMatchObject([
      { finish_reason: 'tool_call', parts: [{ name: 'search_contacts', arguments: { query: 'Lee' } }] },
    ]);
    expect((await span('execute_tool search_contacts')).attributes).toMatchObject({
      'gen_ai.tool.call.id': 'call_0',
      'gen_ai.tool.call.arguments': '{"query":"Lee"}',
      'gen_ai.tool.call.result': '{"contacts":[],"total":0}',
    });
  });

  it('are named in the traceparent of every request', async () => {
    const target = await company(fine, thenStops(calls(search)));
    await ask(target);
    const ids = (await spans()).map((finished) => finished.spanContext());
    const [chat, tool] = [target.seen[0], target.seen[1]].map((request) => request?.headers.traceparent);
    expect(chat).toBe(`00-${ids[0]?.traceId}-${ids[0]?.spanId}-01`);
    expect(tool).toBe(`00-${ids[1]?.traceId}-${ids[1]?.spanId}-01`);
  });

  it('copy the baggage of their own request, with many at a time', async () => {
    const target = await company(fine, (call) => (call <= 8 ? calls(search) : says('Done.')));
    const tenants = Array.from({ length: 8 }, (_, index) => `tenant-${index}`);
    await Promise.all(
      tenants.map((tenant) => {
        const baggage = propagation.createBaggage({ tenant: { value: tenant } });
        return context.with(propagation.setBaggage(context.active(), baggage), () => ask(target).then(flush));
      }),
    );
    const traces = Map.groupBy(await spans(), (finished) => finished.spanContext().traceId);
    const seen = [...traces.values()].map(
      (trace) => new Set(trace.map(({ attributes }) => attributes.tenant)),
    );
    expect(seen.every((tenantsOfTrace) => tenantsOfTrace.size === 1)).toBe(true);
    expect(new Set(seen.flatMap((each) => [...each]))).toEqual(new Set(tenants));
  });
});
