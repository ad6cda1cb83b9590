import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributes, exampleSpan, NOON } from '../collector/testing/example-span.ts';
import { startTestCollector, type TestCollector } from '../collector/testing/start-test-collector.ts';
import { readResults } from '../harness/index.ts';
import { command, commandHere } from './command.ts';

let collector: TestCollector;
const folder = mkdtempSync(join(tmpdir(), 'rehearse-capture-'));
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(async () => {
  await collector?.close();
  rmSync(folder, { recursive: true, force: true });
});

const capture = (traceId: string, out: string) =>
  commandHere(['capture', traceId, '--url', collector.url, '--out', join(folder, out)]);
const fileIn = (out: string, end: string) => {
  const name = readdirSync(join(folder, out)).find((file) => file.endsWith(end));
  if (!name) throw new Error(`expected a file ...${end}`);
  return join(folder, out, name);
};

const system = 'You sell.';
const question = { role: 'user', parts: [{ type: 'text', content: 'Write to Lee.' }] };
const call = (id: string, name: string, given: object) => ({
  role: 'assistant',
  parts: [{ type: 'tool_call', id, name, arguments: given }],
});
const result = (id: string, response: unknown) => ({
  role: 'tool',
  parts: [{ type: 'tool_call_response', id, response }],
});
const words = { role: 'assistant', parts: [{ type: 'text', content: 'Sent.' }] };
const found = { contacts: ['lee@acme.test'] };
const mail = { to: 'lee@acme.test', body: 'Hello' };

/** A trace in production: look up, send, say so. */
function production(trace: number, captured: boolean) {
  const traceId = trace.toString(16).padStart(32, '0');
  const span = (
    number: number,
    name: string,
    plain: Record<string, string>,
    content: Record<string, unknown>,
  ) =>
    exampleSpan({
      traceId,
      spanId: number.toString(16).padStart(16, '0'),
      name,
      startTimeUnixNano: NOON + BigInt(number) * 1_000_000_000n,
      endTimeUnixNano: NOON + BigInt(number) * 1_000_000_000n + 500_000_000n,
      attributes: attributes({
        'gen_ai.agent.name': 'seller',
        ...plain,
        ...Object.fromEntries(
          captured ? Object.entries(content).map(([key, value]) => [key, JSON.stringify(value)]) : [],
        ),
      }),
    });
  const chat = (number: number, input: object[], output: object) =>
    span(
      number,
      'chat gpt-test',
      { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-test' },
      {
        'gen_ai.system_instructions': [{ type: 'text', content: system }],
        'gen_ai.input.messages': input,
        'gen_ai.output.messages': [output],
      },
    );
  const tool = (number: number, name: string, given: object, answer: object) =>
    span(
      number,
      `execute_tool ${name}`,
      { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name },
      { 'gen_ai.tool.call.arguments': given, 'gen_ai.tool.call.result': answer },
    );
  const searched = [question, call('c1', 'search', { q: 'Lee' }), result('c1', found)];
  const sent = [...searched, call('c2', 'send_email', mail), result('c2', { id: 'm1' })];
  return {
    traceId,
    spans: [
      chat(1, [question], call('c1', 'search', { q: 'Lee' })),
      tool(2, 'search', { q: 'Lee' }, found),
      chat(3, searched, call('c2', 'send_email', mail)),
      tool(4, 'send_email', mail, { id: 'm1' }),
      chat(5, sent, words),
    ],
  };
}

/** An agent of few lines whose tools are those of the recorded world. */
const agent = `
export const name = 'seller';
export const version = '1';
export const startTelemetry = () => {};
export const flush = async () => {};
export async function run({ message }, environment, signal) {
  const post = async (url, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
    return answer.json();
  };
  const messages = [{ role: 'system', content: 'You sell.' }, { role: 'user', content: message }];
  for (;;) {
    const body = { model: environment.OPENAI_MODEL, temperature: 0, messages };
    const { choices } = await post(environment.OPENAI_BASE_URL + '/chat/completions', body);
    const said = choices[0].message;
    messages.push(said);
    if (!said.tool_calls) return { said: [said.content], finished: true };
    for (const { id, function: { name, arguments: given } } of said.tool_calls) {
      const answer = await post(environment.RECORDED_URL + '/tools/' + name, JSON.parse(given));
      messages.push({ role: 'tool', tool_call_id: id, content: JSON.stringify(answer) });
    }
  }
}
`;

describe('rehearse capture', () => {
  it('makes a scenario of a production trace that the same agent passes by its cassette', async () => {
    const { traceId, spans } = production(0xca, true);
    await collector.sendSpans(spans);
    const captured = await capture(traceId, 'production');
    expect(captured.error).toBe('');
    expect(captured.out).toMatch(
      /^scenario +captured\/seller-0{16} in .*\ncassette +3 of 3 calls of the model/,
    );
    expect(captured.exit).toBe(0);

    const pack = fileIn('production', '.pack.json');
    const examined = await commandHere(['doctor', pack]);
    expect([examined.exit, examined.out]).toEqual([0, expect.stringContaining('captured/seller-0')]);

    const entry = join(folder, 'seller.ts');
    writeFileSync(entry, agent);
    const results = join(folder, 'results.jsonl');
    const played = await command(
      [
        ...[
          'run',
          pack,
          '--agent',
          entry,
          '--model',
          'gpt-test',
          '--trials',
          '1',
          '--no-spans',
          '--out',
          results,
        ],
        ...['--cassette', fileIn('production', '.cassette.jsonl'), '--cassette-mode', 'strict'],
      ],
      { OPENAI_API_KEY: '', OPENAI_BASE_URL: '', REHEARSE_URL: collector.url },
    );
    const [trial] = (await readResults(results)).trials;
    expect(trial?.outcome, played.out + played.error).toEqual({ kind: 'passed' });
    expect(trial?.turns.at(-1)).toMatchObject({ text: 'Sent.' });

    const again = await capture(traceId, 'production');
    expect([again.exit, again.error]).toEqual([2, expect.stringContaining('is there already')]);
  });

  it('makes one of a rehearsed trace that doctor accepts', async () => {
    const out = join(folder, 'alice.jsonl');
    const scenario = ['--scenario', 'sdr/first-touch', '--trials', '1'];
    await commandHere(['run', 'sdr', ...scenario, '--out', out], { REHEARSE_URL: collector.url });
    const [trial] = (await readResults(out)).trials;
    const { exit, error } = await capture(trial?.traceId ?? '', 'alice');
    expect([exit, error]).toEqual([0, '']);
    const pack = fileIn('alice', '.pack.json');
    const { exit: examined, out: report } = await commandHere(['doctor', pack]);
    expect(examined, report).toBe(0);
    expect(readFileSync(pack, 'utf8')).toContain('"table": "recorded.effects"');
  });

  it('says what is missing', async () => {
    const { traceId, spans } = production(0xcb, false);
    await collector.sendSpans(spans);
    const silent = await capture(traceId, 'silent');
    expect([silent.exit, silent.error]).toEqual([
      2,
      expect.stringMatching(/CONTENT_NOT_CAPTURED.*\n.*OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT/),
    ]);
    expect(existsSync(join(folder, 'silent'))).toBe(false);
    const unknown = await capture('f'.repeat(32), 'unknown');
    expect([unknown.exit, unknown.error]).toEqual([2, expect.stringContaining('TRACE_NOT_FOUND')]);
    const garbled = await capture('trace-1', 'garbled');
    expect([garbled.exit, garbled.error]).toEqual([2, expect.stringContaining('32 lower-case hex digits')]);
  });
});
