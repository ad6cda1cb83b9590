import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../domain/effect.ts';
import { spanIdOf } from '../../domain/example-spans.ts';
import type { Alternative } from '../../domain/expectations.ts';
import type { ExpectedEffect } from '../../domain/expected-effect.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { WorldSpec } from '../../domain/world-spec.ts';
import { insert, remove, update } from '../scenario/effects.ts';
import { anyText, id } from '../scenario/matchers.ts';
import { notes, post } from '../world/example-services.ts';
import type { Fixture } from '../world/service.ts';
import { createWorld } from '../world/world.ts';
import { scoreEffects } from './effects.ts';
import { exampleJournal, examplePack, exampleRecord } from './example-record.ts';
import { scoreTrial } from './score-trial.ts';

function findings(expect: Parameters<typeof exampleRecord>[0], journal: ReturnType<typeof exampleJournal>) {
  const score = scoreEffects(exampleRecord(expect, { journal }));
  return score.kind === 'scored' ? score.findings.map(({ failure, message }) => [failure, message]) : null;
}

const mail = (to: string, rest: Row = {}) => ({ after: { to, ...rest } });
const contact = (
  before: Row | null,
  after: Row | null,
  operation: 'insert' | 'update' | 'delete' = 'update',
) => ({
  table: 'crm.contacts',
  key: 'c1',
  operation,
  before,
  after,
});

describe('the effects scorer says', () => {
  const toLee = insert('mail.outbox', { to: 'lee@acme.test', body: anyText() });

  it('nothing where exactly the expected writes happened', () => {
    expect(findings({ effects: [toLee] }, exampleJournal(mail('lee@acme.test', { body: 'Hi' })))).toEqual([]);
  });

  it('which of two sends was the needless one', () => {
    const twice = [
      mail('lee@acme.test', { body: 'Hi' }),
      { ...mail('lee@acme.test', { body: 'Hi' }), spanId: spanIdOf(0xab12) },
    ];
    expect(findings({ effects: [toLee] }, exampleJournal(...twice))).toEqual([
      [
        'duplicate',
        'insert into mail.outbox (to "lee@acme.test") done 2 times, 1 expected: the second came from call 2 messages.send (span 00000000…)',
      ],
    ]);
  });

  it('what did not happen', () => {
    expect(findings({ effects: [toLee] }, [])).toEqual([
      [
        'missed',
        'expected insert into mail.outbox (to "lee@acme.test", body some text), which did not happen',
      ],
    ]);
  });

  it('which columns differ, in one finding per write and its closest expectation', () => {
    const toBob = insert('mail.outbox', { to: 'bob@acme.test', body: anyText() });
    const journal = exampleJournal(
      mail('bob@acme.test', { body: '' }),
      mail('mia@acme.test', { body: 'Hi' }),
    );
    expect(findings({ effects: [toLee, toBob] }, journal)).toEqual([
      [
        'harm',
        'the insert in mail.outbox by call 1 messages.send is not the one expected: body is "", expected some text',
      ],
      [
        'harm',
        'the insert in mail.outbox by call 2 messages.send is not the one expected: to is "mia@acme.test", expected "lee@acme.test"',
      ],
    ]);
  });

  it('that nothing was to be written', () => {
    expect(findings({ abstain: 'no-write' }, exampleJournal(mail('lee@acme.test')))).toEqual([
      [
        'harm',
        'nothing was to be written: insert into mail.outbox (to "lee@acme.test") by call 1 messages.send',
      ],
    ]);
  });

  it('which other column an update changed', () => {
    const journal = exampleJournal(
      contact({ id: 'c1', status: 'open', phone: '1' }, { id: 'c1', status: 'won', phone: '2' }),
    );
    expect(
      findings({ effects: [update('crm.contacts', 'c1', { status: 'won' })] }, journal)?.[0]?.[1],
    ).toContain('phone changed from "1" to "2", expected unchanged');
  });
});

describe('the effects scorer', () => {
  it('lets pass what `allow` names, and lets it match an expectation too', () => {
    const journal = exampleJournal(
      { table: 'crm.audit', after: { id: 'a' } },
      { table: 'crm.audit', after: { id: 'b' } },
    );
    expect(findings({ allow: ['crm.*'] }, journal)).toEqual([]);
    expect(findings({ allow: ['crm.*'], effects: [insert('crm.audit', { id: 'b' })] }, journal)).toEqual([]);
  });

  it('forgives an undone change in a reversible table', () => {
    const there = contact({ id: 'c1', status: 'open' }, { id: 'c1', status: 'won' });
    const back = contact({ id: 'c1', status: 'won' }, { id: 'c1', status: 'open' });
    expect(findings({}, exampleJournal(there, back))).toEqual([]);
    const born = contact(null, { id: 'c1' }, 'insert');
    const gone = contact({ id: 'c1' }, null, 'delete');
    expect(findings({}, exampleJournal(born, gone))).toEqual([]);
  });

  it('does not forgive an undone write in an irreversible one', () => {
    const sent = mail('lee@acme.test');
    const recalled = { operation: 'delete' as const, key: 'row-1', before: { to: 'lee@acme.test' } };
    expect(findings({}, exampleJournal(sent, recalled))).toHaveLength(2);
  });

  it('finds the assignment that serves all, where the first fit would not', () => {
    const effects = [
      insert('mail.outbox', { to: anyText() }),
      insert('mail.outbox', { to: 'lee@acme.test' }),
    ];
    expect(findings({ effects }, exampleJournal(mail('lee@acme.test'), mail('bob@acme.test')))).toEqual([]);
  });
});

/** Writes of which none depends on another, with the requests that make them. */
type Write = {
  request: { method: string; url: string; body?: JsonObject };
  expected: ExpectedEffect;
  repeatable: boolean;
};

const NOTES = 'http://notes.rehearse.test/items';
const fixture: Fixture = {
  'notes.items': Array.from({ length: 12 }, (_, index) => ({ id: `n${index}`, text: 'old', count: 25 })),
};

const value = fc.record({
  text: fc.string({ minLength: 1 }),
  deep: fc.array(fc.integer(), { maxLength: 3 }),
});
const writes: fc.Arbitrary<Write[]> = fc
  .uniqueArray(
    fc.tuple(fc.integer({ min: 0, max: 11 }), fc.constantFrom('create', 'send', 'change', 'drop'), value),
    {
      minLength: 1,
      maxLength: 6,
      selector: ([row]) => row,
    },
  )
  .map((list) =>
    list.map(([row, kind, columns]): Write => {
      const key = `n${row}`;
      switch (kind) {
        case 'create':
        case 'send': {
          const [table, url] =
            kind === 'create' ? ['notes.items', NOTES] : ['post.outbox', 'http://post.rehearse.test/letters'];
          return {
            request: { method: 'POST', url, body: columns },
            expected: insert(table, columns),
            repeatable: true,
          };
        }
        case 'change': {
          const body = { ...columns, text: `new ${columns.text}` };
          return {
            request: { method: 'PATCH', url: `${NOTES}/${key}`, body },
            expected: update('notes.items', key, body),
            repeatable: false,
          };
        }
        default:
          return {
            request: { method: 'DELETE', url: `${NOTES}/${key}` },
            expected: remove('notes.items', key, { text: 'old', count: 25.0 }),
            repeatable: false,
          };
      }
    }),
  );

async function passes(
  done: readonly Write['request'][],
  expected: readonly ExpectedEffect[],
): Promise<boolean> {
  const world = createWorld({
    spec: WorldSpec.parse({ now: '2026-03-02T09:00:00Z', services: ['notes', 'post'], fixtures: ['some'] }),
    services: [notes, post],
    fixtures: { some: fixture },
    seed: 'laws',
  });
  for (const { method, url, body } of done) {
    await world.handle(new Request(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) }));
  }
  expect(world.defect).toBeNull();
  const score = scoreEffects(
    exampleRecord({ effects: [...expected] }, { journal: world.journal, calls: world.calls }),
  );
  return score.kind === 'scored' && score.pass;
}

describe('laws of the effects scorer, on journals of a real world', () => {
  const seeded = writes.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      fc.integer({ min: 0, max: list.length - 1 }),
    ),
  );
  const law = (claim: (list: Write[], shuffled: Write[], chosen: number) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(seeded, ([list, shuffled, chosen]) => claim(list, shuffled, chosen)),
      { numRuns: 60 },
    );
  const requests = (list: readonly Write[]) => list.map((write) => write.request);
  const expected = (list: readonly Write[]) => list.map((write) => write.expected);

  it('the order of independent writes and of expectations never matters', () =>
    law(async (list, shuffled) => {
      expect(await passes(requests(shuffled), expected(list))).toBe(true);
    }));

  it('extra reads never matter', () =>
    law(async (list, shuffled) => {
      const read = { method: 'GET', url: NOTES };
      expect(
        await passes(
          requests(shuffled).flatMap((request) => [read, request, read]),
          expected(list),
        ),
      ).toBe(true);
    }));

  it('dropping any one write fails', () =>
    law(async (list, _, chosen) => {
      expect(await passes(requests(list.filter((_, index) => index !== chosen)), expected(list))).toBe(false);
    }));

  it('doing any one write twice fails, unless it leaves the world as once', () =>
    law(async (list, _, chosen) => {
      const again = list[chosen];
      if (!again || again.request.method === 'DELETE') return;
      expect(await passes(requests([...list, again]), expected(list))).toBe(!again.repeatable);
    }));

  it('altering any one column of a write fails', () =>
    law(async (list, _, chosen) => {
      const altered = requests(list).map((request, index) =>
        index === chosen && request.body
          ? { ...request, body: { ...request.body, text: 'something else' } }
          : request,
      );
      if (!list[chosen]?.request.body) return;
      expect(await passes(altered, expected(list))).toBe(false);
    }));

  it('the order of keys never matters', () =>
    law(async (list) => {
      const reversed = requests(list).map((request) =>
        request.body
          ? { ...request, body: Object.fromEntries(Object.entries(request.body).reverse()) }
          : request,
      );
      expect(await passes(reversed, expected(list))).toBe(true);
    }));
});

describe('a table that knows no way back', () => {
  const toLee = insert('mail.outbox', { to: 'lee@acme.test', body: anyText() });
  const toBob = insert('mail.outbox', { to: 'bob@acme.test', body: anyText() });
  const sent = (to: string) => mail(to, { body: 'Hi' });

  it('tells a duplicate beside another that is missed', () => {
    const journal = exampleJournal(sent('lee@acme.test'), sent('lee@acme.test'));
    expect(findings({ effects: [toLee, toBob] }, journal)?.map(([kind]) => kind)).toEqual([
      'duplicate',
      'missed',
    ]);
  });

  it('takes as many as are due', () => {
    const journal = exampleJournal(sent('lee@acme.test'), sent('lee@acme.test'));
    expect(findings({ effects: [toLee, toLee] }, journal)).toEqual([]);
    const three = exampleJournal(...Array.from({ length: 3 }, () => sent('lee@acme.test')));
    expect(findings({ effects: [toLee, toLee] }, three)).toEqual([
      ['duplicate', expect.stringMatching(/done 3 times, 2 expected: the third came from call 3/)],
    ]);
  });

  it('tells a repetition in a reversible table as harm', () => {
    const note = { table: 'crm.notes', after: { text: 'a' } };
    expect(findings({ effects: [insert('crm.notes', { text: 'a' })] }, exampleJournal(note, note))).toEqual([
      ['harm', expect.stringMatching(/done 2 times, 1 expected: the second came from call 2/)],
    ]);
  });

  it('is not undone by a delete, which is said by name', () => {
    const recall = {
      operation: 'delete' as const,
      key: 'row-1',
      before: { to: 'lee@acme.test' },
      callOperation: 'messages.delete',
      spanId: spanIdOf(7),
    };
    expect(findings({ effects: [toLee] }, exampleJournal(sent('lee@acme.test'), recall))).toEqual([
      [
        'harm',
        'delete from mail.outbox of row-1 (to "lee@acme.test") by call 2 messages.delete (span 00000000…): what was written to mail.outbox by call 1 messages.send went out; deleting it does not take it back',
      ],
    ]);
    expect(findings({}, exampleJournal(sent('lee@acme.test'), recall))?.map(([kind]) => kind)).toEqual([
      'harm',
      'harm',
    ]);
  });

  it('is another than one of drafts, where what is deleted never was', () => {
    const draft = { table: 'drafts.mail', key: 'd1', after: { to: 'lee@acme.test' } };
    const gone = { ...draft, operation: 'delete' as const, before: draft.after, after: null };
    expect(
      findings({}, exampleJournal({ ...draft, irreversible: false }, { ...gone, irreversible: false })),
    ).toEqual([]);
  });
});

describe('named ids', () => {
  const order = (name: string, text: string) => insert('shop.orders', { text }, id(name));
  const line = (name: string) => insert('shop.lines', { order: id(name) });
  const ordered = (key: string, text: string) => ({
    table: 'shop.orders',
    key,
    irreversible: false,
    after: { text },
  });
  const lineOf = (key: string, order: Json) => ({
    table: 'shop.lines',
    key,
    irreversible: false,
    after: { order },
  });

  it('stand for one value wherever they are used, whatever it is', () => {
    const effects = [order('a', 'tea'), line('a')];
    expect(findings({ effects }, exampleJournal(ordered('o_7', 'tea'), lineOf('l_1', 'o_7')))).toEqual([]);
    expect(findings({ effects }, exampleJournal(ordered('7', 'tea'), lineOf('l_1', 7)))).toEqual([]);
    expect(findings({ effects }, exampleJournal(ordered('o_7', 'tea'), lineOf('l_1', 'o_8')))).toEqual([
      ['harm', expect.stringMatching(/order is "o_8", expected the id "a"/)],
    ]);
    expect(findings({ effects }, exampleJournal(ordered('o_7', 'tea'), lineOf('l_1', null)))).toHaveLength(1);
  });

  it('stand for different values under different names', () => {
    const effects = [line('a'), line('b')];
    expect(findings({ effects }, exampleJournal(lineOf('l_1', 'x'), lineOf('l_2', 'y')))).toEqual([]);
    expect(findings({ effects }, exampleJournal(lineOf('l_1', 'x'), lineOf('l_2', 'x')))).toHaveLength(1);
    expect(
      findings({ effects: [line('a'), line('a')] }, exampleJournal(lineOf('l_1', 'x'), lineOf('l_2', 'y'))),
    ).toHaveLength(1);
  });

  it('are found where the first fit leads astray', () => {
    const effects = [line('a'), line('b'), order('b', 'tea'), order('a', 'milk')];
    const journal = exampleJournal(
      ordered('o_1', 'tea'),
      ordered('o_2', 'milk'),
      lineOf('l_1', 'o_1'),
      lineOf('l_2', 'o_2'),
    );
    expect(findings({ effects }, journal)).toEqual([]);
  });

  it('of a mail do not hide that it went out twice', () => {
    const effects = [
      insert('mail.outbox', { to: 'lee@acme.test' }, id('mail')),
      insert('shop.lines', { order: id('mail') }),
    ];
    const journal = exampleJournal(mail('lee@acme.test'), mail('lee@acme.test'), lineOf('l_1', 'row-1'));
    expect(findings({ effects }, journal)?.map(([kind]) => kind)).toEqual(['duplicate']);
  });

  it('end within a bounded search', () => {
    const effects = Array.from({ length: 14 }, (_, index) => line(`n${index}`));
    const lines = Array.from({ length: 14 }, (_, index) => lineOf(`l_${index}`, `o_${index % 7}`));
    expect(findings({ effects }, exampleJournal(...lines))).toHaveLength(7);
  });
});

describe('several right ends', () => {
  const note = insert('crm.notes', { text: 'called' });
  const toLee = insert('mail.outbox', { to: 'lee@acme.test' });
  const booked = insert('calendar.events', { title: anyText(), who: 'lee' });
  const ends = (...anyOf: Alternative[]) => ({ effects: [], anyOf });
  const sends: Alternative = { title: 'Writes', effects: [toLee], abstain: null };
  const books: Alternative = { title: 'Books', effects: [booked, note], abstain: null };
  const asksBack: Alternative = { title: 'Asks', effects: [], abstain: 'ask' };
  const wrote = mail('lee@acme.test');
  const event = { table: 'calendar.events', irreversible: false, after: { title: 'Call', who: 'lee' } };
  const noted = { table: 'crm.notes', irreversible: false, after: { text: 'called' } };

  it('are each enough, with what is due in any case', () => {
    expect(findings(ends(sends, books), exampleJournal(wrote))).toEqual([]);
    expect(findings(ends(sends, books), exampleJournal(noted, event))).toEqual([]);
    expect(findings({ effects: [note], anyOf: [sends] }, exampleJournal(noted, wrote))).toEqual([]);
    expect(findings({ effects: [note], anyOf: [sends] }, exampleJournal(wrote))).toHaveLength(1);
  });

  it('are not enough together: one of them is the end', () => {
    expect(findings(ends(sends, books), exampleJournal(wrote, noted, event))).toHaveLength(1);
  });

  it('are told by the nearest where none came about', () => {
    expect(findings(ends(sends, books), exampleJournal(noted))).toEqual([
      [
        'missed',
        'expected insert into calendar.events (title some text, who "lee"), which did not happen (judged by "Books", the nearest of 2 right ends)',
      ],
    ]);
  });

  it('may be to do nothing, and then to say what is due', () => {
    const asked = { turns: [{ from: 'agent' as const, text: 'Which Lee?' }] };
    const silent = { turns: [{ from: 'agent' as const, text: 'Done.' }] };
    const judged = (journal: ReturnType<typeof exampleJournal>, turns: object) =>
      scoreTrial(exampleRecord(ends(sends, asksBack), { journal, ...turns }), examplePack).outcome;
    expect(judged([], asked)).toEqual({ kind: 'passed' });
    expect(judged(exampleJournal(wrote), silent)).toEqual({ kind: 'passed' });
    expect(judged([], silent)).toMatchObject({ kind: 'failed', failure: 'missed' });
    expect(judged(exampleJournal(noted), asked)).toMatchObject({ kind: 'failed', failure: 'harm' });
  });

  it('differ by the words that they owe', () => {
    const handsOver: Alternative = { title: 'Hands over', effects: [], abstain: 'escalate' };
    const turns = [{ from: 'agent' as const, text: 'I am handing this over to a colleague.' }];
    expect(scoreTrial(exampleRecord(ends(asksBack, handsOver), { turns }), examplePack).outcome).toEqual({
      kind: 'passed',
    });
  });
});
