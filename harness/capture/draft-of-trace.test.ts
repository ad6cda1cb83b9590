import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraceId } from '../../domain/ids.ts';
import type { Json } from '../../domain/json.ts';
import type { SpanDetail } from '../../domain/span.ts';
import { examineDraft } from '../doctor/examine-draft.ts';
import { fileOfPack, packOfFile } from '../pack-file.ts';
import { SERVICES } from '../world/services/built-in.ts';
import { draftOfTrace } from './draft-of-trace.ts';
import { chatSpan, toolSpan } from './example-trace.ts';

const traceId = TraceId.parse('0af7651916cd43dd8448eb211c80319c');
const ask = (message = 'Write to Lee.') =>
  chatSpan({ asks: [{ role: 'user', content: message }], says: 'Done.' });
const draftOf = (...spans: SpanDetail[]) => {
  const draft = draftOfTrace(traceId, spans);
  const [scenario] = draft.pack.scenarios;
  if (!scenario) throw new Error('expected a scenario');
  return { ...draft, scenario };
};

describe('a draft', () => {
  const search = toolSpan('search_contacts', { q: 'Lee' }, { contacts: ['lee@acme.test'] });
  const send = toolSpan('send_email', { to: 'lee@acme.test', body: 'Hello' }, { id: 'm1' });

  it('begins with the last thing that the user said to the first model call', () => {
    const first = chatSpan({
      asks: [
        { role: 'user', content: 'Hi.' },
        { role: 'assistant', content: 'Hello.' },
        { role: 'user', content: 'Write to Lee.' },
      ],
    });
    const later = chatSpan({ asks: [{ role: 'user', content: 'No, to Kim.' }] });
    expect(draftOf(first, later).scenario.start.message).toBe('Write to Lee.');
  });

  it('expects each write, argument by argument, and no reads', () => {
    const { scenario, note } = draftOf(ask(), search, send);
    expect(scenario.expect.effects).toEqual([
      {
        operation: 'insert',
        table: 'recorded.effects',
        columns: {
          tool: { is: 'exact', value: 'send_email' },
          'arguments.to': { is: 'exact', value: 'lee@acme.test' },
          'arguments.body': { is: 'exact', value: 'Hello' },
        },
      },
    ]);
    expect(scenario.expect.facts).toEqual([]);
    expect(note).toContain('> Done.');
    expect(note).toContain('write: `send_email`\n   - only read: `search_contacts`');
    expect(note).toContain('E-mail addresses in it: lee@acme.test;');
  });

  it('declares that nothing is due where nothing was written', () => {
    expect(draftOf(ask(), search).scenario.expect).toMatchObject({ effects: [], abstain: 'no-write' });
  });

  it('expects nothing of a write that failed', () => {
    const failed = toolSpan('send_email', { to: 'lee' }, null, 'no such address');
    const { scenario, pack, note } = draftOf(ask(), failed);
    expect(scenario.expect.effects).toEqual([]);
    expect(pack.fixtures.trace?.['recorded.answers']).toMatchObject([{ error: 'no such address' }]);
    expect(note).toContain('Failed then, and are refused (422) now: `send_email`');
  });

  it('says what was not captured, and makes none where nothing was', () => {
    const silent = toolSpan('search_contacts', null, null);
    expect(() => draftOf(ask(), silent)).toThrow(/expected a trace that tells the arguments of any tool/);
    expect(() => draftOf(chatSpan({ asks: null }), search)).toThrow(/tells what the agent was asked/);
    expect(draftOf(ask(), search, silent).note).toContain(
      'Left out, for their arguments were not captured: `search_contacts`',
    );
  });

  it('takes a tool that is told by two spans, one in the other, for one', () => {
    const inner = { ...send, parentSpanId: send.spanId, spanId: search.spanId };
    expect(draftOf(ask(), send, inner).scenario.expect.effects).toHaveLength(1);
  });

  it('of any trace passes doctor, and stays itself in its file', async () => {
    const value = fc
      .jsonValue()
      .filter((json) => !JSON.stringify(json).includes('__proto__')) as fc.Arbitrary<Json>;
    const given = fc.oneof(
      fc.dictionary(fc.constantFrom('to', 'id', 'tool', 'q'), value),
      fc.constantFrom<Json>('Lee', 7, ['a'], {}),
    );
    const tool = fc.constantFrom('send_email', 'get_order', 'crm update/contact', 'lookup');
    const result = fc.oneof(fc.constant('ok'), value);
    const error = fc.option(fc.constantFrom('no answer', ''), { nil: null, freq: 5 });
    const call = fc.tuple(tool, given, result, error);
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 8 }), fc.string({ minLength: 1 }), async (calls, text) => {
        const spans = calls.map((parts) => toolSpan(...parts));
        const { pack } = draftOf(ask(`Do: ${text}`), ...spans);
        const file = JSON.parse(JSON.stringify(fileOfPack(pack)));
        const read = packOfFile(file, 'captured.pack.json', SERVICES);
        expect(fileOfPack(read)).toEqual(file);
        const [scenario] = file.scenarios;
        expect((await examineDraft(scenario, read)).complaints).toEqual([]);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});
