import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openCompany, type Seen, says } from '../genai/example-company.ts';
import { endConversation, flush, run, startTelemetry } from './index.ts';

const exporter = new InMemorySpanExporter();
const telemetry = startTelemetry({ exporter });
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await flush();
  exporter.reset();
  await Promise.all(open.splice(0).map((company) => company.close()));
});
afterAll(() => telemetry.shutdown());

const lee = { id: 'c_1', name: 'Lee Okafor', email: 'lee@brightmill.example', status: 'new' };
const search = { tool: 'search_contacts', arguments: { query: 'Lee' } };
const mail = { tool: 'send_mail', arguments: { to: lee.email, subject: 'Hello', body: 'Hi Lee' } };

/** A model that answers each step as told; a list is taken one by one. */
async function company(answers: Record<string, object | object[] | string>) {
  const left = new Map(Object.entries(answers).map(([step, answer]) => [step, [answer].flat()]));
  const opened = await openCompany(
    ({ path }) =>
      path.startsWith('/mail/messages')
        ? { status: 201, body: { id: 'm_1' } }
        : { status: 200, body: { contacts: [lee] } },
    () => {
      const step = stepOf(modelCalls(opened.seen).at(-1));
      const answer = left.get(step)?.shift() ?? { look: [] };
      return says(typeof answer === 'string' ? answer : JSON.stringify(answer));
    },
  );
  open.push(opened);
  return opened;
}

const modelCalls = (seen: readonly Seen[]) => seen.filter(({ path }) => path === '/v1/chat/completions');
const sentMails = (seen: readonly Seen[]) => seen.filter(({ path }) => path === '/mail/messages');

function stepOf(call: Seen | undefined): string {
  const { messages = [] } = (call?.body ?? {}) as { messages?: { content: string }[] };
  return /^You are the step (\w+)/.exec(messages[0]?.content ?? '')?.[1] ?? 'position';
}

let conversations = 0;
function talk({ environment }: { environment: Record<string, string> }, extra: Record<string, string> = {}) {
  conversations += 1;
  const conversationId = `conv-${conversations}`;
  const signal = new AbortController().signal;
  return {
    say: (message: string) => run({ message, conversationId }, { ...environment, ...extra }, signal),
    end: () => endConversation(conversationId),
  };
}

const acts = {
  read_request: { kind: 'first message', look: [search] },
  judge: { verdict: 'act', message: 'first' },
  write_message: { calls: [mail] },
  deliver: { say: 'Lee has our mail.' },
};

describe('the workflow', () => {
  it('goes once through its steps, and makes what the request asked for first without asking again', async () => {
    const target = await company(acts);
    expect(await talk(target).say('Write to Lee.')).toEqual({ said: ['Lee has our mail.'], finished: true });
    expect(modelCalls(target.seen).map(stepOf)).toEqual([
      'read_request',
      'find_people',
      'read_history',
      'judge',
      'write_message',
      'deliver',
    ]);
    expect(sentMails(target.seen)).toHaveLength(1);
  });

  it('makes no call that is not of the step', async () => {
    const target = await company({ ...acts, find_people: { look: [mail] } });
    await talk(target).say('Write to Lee.');
    expect(sentMails(target.seen)).toHaveLength(1);
  });

  it('hands over what it cannot make out, and a delivery without end', async () => {
    const mute = await company({ read_request: 'Certainly!', judge: 'I think so' });
    expect((await talk(mute).say('Write to Lee.')).said[0]).toMatch(/^I am handing this over to a person/);
    const again = { calls: [{ tool: 'list_sent_mail', arguments: { to: 'x' } }] };
    const endless = await company({ ...acts, deliver: Array.from({ length: 50 }, () => again) });
    expect((await talk(endless).say('Write to Lee.')).said[0]).toMatch(/took more steps than it should/);
    expect(modelCalls(endless.seen).length).toBeLessThan(20);
  });
});

describe('an interrupt', () => {
  const asks = { verdict: 'ask', say: 'Which Lee?' };

  it('waits with a question, and goes on with the answer', async () => {
    const target = await company({
      ...acts,
      read_request: [acts.read_request, { kind: 'first message', look: [] }],
      judge: [asks, acts.judge],
    });
    const { say } = talk(target);
    expect((await say('Write to Lee.')).said).toEqual(['Which Lee?']);
    expect(sentMails(target.seen)).toEqual([]);
    expect((await say('The one at Brightmill.')).said).toEqual(['Lee has our mail.']);
    const judged = JSON.stringify(modelCalls(target.seen).findLast((call) => stepOf(call) === 'judge')?.body);
    expect(judged).toContain('The one at Brightmill.');
    expect(sentMails(target.seen)).toHaveLength(1);
  });

  it('asks twice at most, each conversation by itself, and forgets one that is over', async () => {
    const target = await company({ judge: [asks, asks, asks, asks], read_request: [] });
    const { say, end } = talk(target);
    const other = talk(target);
    expect((await say('Write to Lee.')).said).toEqual(['Which Lee?']);
    expect((await other.say('Write to Lee.')).said).toEqual(['Which Lee?']);
    await end();
    const calls = modelCalls(target.seen).length;
    await say('Which?');
    expect(stepOf(modelCalls(target.seen)[calls])).toBe('read_request');
    const briefed = JSON.stringify(modelCalls(target.seen)[calls]?.body);
    expect(briefed).not.toContain('Write to Lee.');
  });

  it('shows the draft where drafts are reviewed: sends it on a yes, words it anew else, drops it on a no', async () => {
    const other = { ...mail, arguments: { ...mail.arguments, subject: 'Shorter' } };
    const target = await company({ ...acts, write_message: [{ calls: [mail] }, { calls: [other] }] });
    const { say } = talk(target, { ALICE_REVIEW: 'on' });
    expect((await say('Write to Lee.')).said[0]).toMatch(/^Shall I send this\?[\s\S]*subject: Hello/);
    expect((await say('Make it shorter.')).said[0]).toMatch(/subject: Shorter/);
    expect(sentMails(target.seen)).toEqual([]);
    expect((await say('Yes, please.')).said).toEqual(['Lee has our mail.']);
    expect(sentMails(target.seen).map(({ body }) => (body as { subject: string }).subject)).toEqual([
      'Shorter',
    ]);

    const dropped = await company(acts);
    const refused = talk(dropped, { ALICE_REVIEW: 'on' });
    await refused.say('Write to Lee.');
    expect((await refused.say('No, leave it.')).said).toEqual(['I sent nothing.']);
    expect(sentMails(dropped.seen)).toEqual([]);
  });
});

describe('its spans', () => {
  it('are one trace a turn: the agent, its steps, and in them the calls of models and tools', async () => {
    const target = await company(acts);
    await talk(target).say('Write to Lee.');
    await flush();
    const spans = exporter.getFinishedSpans();
    const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
    const parentOf = (name: string) =>
      names.get(spans.find((span) => span.name === name)?.parentSpanContext?.spanId ?? '');
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(parentOf('step judge')).toBe('invoke_agent alice-workflow');
    expect(parentOf('execute_tool search_contacts')).toBe('step find_people');
    expect(parentOf('execute_tool send_mail')).toBe('step deliver');
    expect(
      spans.filter(({ name, parentSpanContext }) => name.startsWith('chat') && !parentSpanContext),
    ).toEqual([]);
    expect(spans.filter(({ status }) => status.code === 2)).toEqual([]);
  });
});
