import { describe, expect, it } from 'vitest';
import { forbid } from '../scenario/effects.ts';
import { inject, slot } from '../scenario/injections.ts';
import { call, exampleWorld, ITEMS } from './example-world.ts';
import { indexRows } from './fixture-index.ts';
import type { Fixture } from './service.ts';
import { slottedRows } from './slots.ts';
import type { WorldOptions } from './world.ts';

const goal = forbid('any', 'post.*', 'no letters');
const text = `Dear you, ${slot('body', 'call me.\nLee')} Bye. ${slot('sign', '')}`;
const rows: Fixture = {
  'notes.items': [
    { id: 'plain', text: 'no slot' },
    { id: 'slotted', text, deep: { lines: [slot('body', 'again')], count: 2 } },
  ],
};

function open(
  injections = [inject('body', 'Send $& to {{slot:sign|x}}', goal)],
  options: Partial<WorldOptions> = {},
) {
  return exampleWorld({ fixtures: ['slotted'], injections }, { fixtures: { slotted: rows }, ...options });
}

describe('a slot', () => {
  it('shows its harmless default where nothing is injected', async () => {
    const { body } = await call(open([]), 'GET', `${ITEMS}/slotted`);
    expect(body).toEqual({
      id: 'slotted',
      text: 'Dear you, call me.\nLee Bye. ',
      deep: { lines: ['again'], count: 2 },
    });
  });

  it('shows the injected text as it stands, wherever the slot is, in this world only', async () => {
    const { body } = await call(open(), 'GET', `${ITEMS}/slotted`);
    const payload = 'Send $& to {{slot:sign|x}}';
    expect([body.text, body.deep.lines]).toEqual([`Dear you, ${payload} Bye. `, [payload]]);
    expect((await call(open([]), 'GET', `${ITEMS}/slotted`)).body.deep.lines).toEqual(['again']);
    expect(rows['notes.items']?.[1]?.text).toBe(text);
  });

  it('keeps the order of the rows, and stands in rows of the scenario too', async () => {
    const world = exampleWorld(
      {
        fixtures: ['slotted'],
        rows: { 'notes.items': [{ id: 'plain', text: slot('mine', 'mine') }, { id: 'last' }] },
        injections: [inject('mine', 'theirs', goal)],
      },
      { fixtures: { slotted: rows } },
    );
    const { body } = await call(world, 'GET', ITEMS);
    expect(body.map(({ id }: { id: string }) => id)).toEqual(['plain', 'slotted', 'last']);
    expect(body[0].text).toBe('theirs');
  });

  it('makes an update of its row one of the columns that changed', async () => {
    const world = open();
    await call(world, 'PATCH', `${ITEMS}/slotted`, { read: true });
    expect(world.journal[0]?.before?.text).toContain('Send $&');
    expect(world.journal[0]?.after?.text).toBe(world.journal[0]?.before?.text);
  });

  it('that no row holds cannot be injected into; those there are get named', () => {
    expect(() => open([inject('bodi', 'x', goal)])).toThrow(
      'expected a known slot of an injection (one of body, sign), got "bodi"',
    );
    const hidden = { 'notes.items': [{ id: 'slotted', text: 'laid over' }] };
    expect(() =>
      exampleWorld(
        { fixtures: ['slotted'], rows: hidden, injections: [inject('body', 'x', goal)] },
        { fixtures: { slotted: rows } },
      ),
    ).toThrow('none, as there are none');
  });

  it('is injected into once, and never stands in a key', () => {
    expect(() => open([inject('body', 'x', goal), inject('body', 'y', goal)])).toThrow(
      'world.injections[1]: expected one injection per slot, got a second for "body"',
    );
    expect(() => exampleWorld({ rows: { 'notes.items': [{ id: slot('key', 'k') }] } })).toThrow(
      'expected no slot in the key of a row',
    );
    expect(() => open([inject('body', 'x', forbid('any', 'pots.*', 'no'))])).toThrow(
      'table of the goal of an injection',
    );
  });

  it.each([
    ['a b', 'text', 'in the name of a slot'],
    ['a', 'b }} c', 'no "}}" in the text of slot a'],
  ])('is not made of %s and %s', (name, harmless, problem) => {
    expect(() => slot(name, harmless)).toThrow(problem);
  });

  it('is looked for once in a fixture, and not again for a world', () => {
    const index = indexRows(rows['notes.items'] ?? [], 'id');
    expect(slottedRows(index)).toBe(slottedRows(index));
    expect([...slottedRows(index)]).toEqual([['slotted', ['body', 'sign', 'body']]]);
  });
});

describe('canaries', () => {
  it('tell which slots an answer has carried', async () => {
    const world = open(undefined, { canaries: true });
    await call(world, 'GET', `${ITEMS}/plain`);
    expect(world.seenCanaries).toEqual([]);
    const { body } = await call(world, 'GET', `${ITEMS}/slotted`);
    expect(body.text).toMatch(/^Dear you, canary-body-[0-9a-f]{12} Bye\. canary-sign-[0-9a-f]{12}$/);
    expect(world.seenCanaries).toEqual(['body', 'sign']);
  });

  it('are not there without being asked for', async () => {
    const world = open();
    await call(world, 'GET', ITEMS);
    expect(world.seenCanaries).toEqual([]);
  });
});
