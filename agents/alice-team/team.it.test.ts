import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { calls, openCompany, type Seen, says } from '../genai/example-company.ts';
import { flush, run, startTelemetry } from './index.ts';

const exporter = new InMemorySpanExporter();
const telemetry = startTelemetry({ exporter });
afterEach(async () => {
  await flush();
  exporter.reset();
});
afterAll(() => telemetry.shutdown());

const contact = { id: 'c_1', name: 'Lee Okafor', email: 'lee@brightmill.example', status: 'new' };

/** Answers in turn, one for each call of a model. */
async function play(answers: ReturnType<typeof says>[], extra: Record<string, string> = {}) {
  const company = await openCompany(
    () => ({ status: 200, body: { contacts: [contact] } }),
    (call) => answers[call - 1] ?? says('Nothing more.'),
  );
  try {
    const request = { message: 'Write to Lee Okafor.', conversationId: 'conv-1' };
    const reply = await run(request, { ...company.environment, ...extra }, new AbortController().signal);
    await flush();
    return { reply, asked: company.seen.filter(({ path }) => path === '/v1/chat/completions') };
  } finally {
    await company.close();
  }
}

const search = () => calls(['search_contacts', { query: 'Lee' }]);
const ask = (specialist: string) => calls([specialist, { task: 'Do your part.' }]);
const toolsOf = ({ body }: Seen) =>
  ((body as { tools?: { function: { name: string } }[] }).tools ?? []).map((tool) => tool.function.name);

describe('the team', () => {
  it('lets the supervisor see reports only, and the next specialist what the one before found', async () => {
    const { reply, asked } = await play([
      ask('researcher'),
      search(),
      says('Ready: first message to Lee.'),
      ask('email_writer'),
      says('Written.'),
      says('Lee has our mail.'),
    ]);
    expect(reply).toEqual({ said: ['Lee has our mail.'], finished: true });
    const [, , , second, writer] = asked.map(({ body }) => JSON.stringify(body));
    expect(second).toContain('Ready: first message to Lee.');
    expect(second).not.toContain('brightmill');
    expect(writer).toContain('brightmill');
  });

  it('gives each the tools of its part: the researcher none that writes', async () => {
    const { asked } = await play([
      ask('researcher'),
      says('No.'),
      ask('email_writer'),
      says('No.'),
      says('No.'),
    ]);
    const [supervisor, researcher, , writer] = asked.map(toolsOf);
    expect(supervisor).toEqual(['researcher', 'positioning_report', 'email_writer']);
    expect(researcher).toContain('search_contacts');
    expect(researcher).not.toContain('send_mail');
    expect(writer).toContain('send_mail');
    expect(writer).not.toContain('search_contacts');
  });

  it('divides the tools it is given', async () => {
    const { asked } = await play([ask('researcher'), says('No.'), says('No.')], { ALICE_TOOLS: '5' });
    expect(asked.map(toolsOf)[1]).toEqual(['search_contacts', 'current_time', 'list_sent_mail']);
  });

  it('asks the small model to carry out', async () => {
    const { asked } = await play([ask('researcher'), says('No.'), says('No.')], {
      OPENAI_SMALL_MODEL: 'nano',
    });
    expect(asked.map(({ body }) => (body as { model: string }).model)).toEqual([
      'gpt-test',
      'nano',
      'gpt-test',
    ]);
  });

  it('tells the supervisor of a specialist that was cut short', async () => {
    const { reply, asked } = await play(
      [ask('researcher'), search(), search(), says('A person has to look.')],
      {
        ALICE_RECURSION_LIMIT: '2',
      },
    );
    expect(reply.finished).toBe(true);
    expect(JSON.stringify(asked.at(-1)?.body)).toContain('researcher was cut short');
    const spans = exporter.getFinishedSpans();
    const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
    const researcher = spans.find(({ name }) => name === 'invoke_agent researcher');
    expect(researcher?.attributes['error.type']).toBe('recursion_limit');
    expect(names.get(researcher?.parentSpanContext?.spanId ?? '')).toBe('execute_tool researcher');
  });
});
