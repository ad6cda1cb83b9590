import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../domain/scenario.ts';
import { defineScenario, scenarioDigest } from './define-scenario.ts';
import { forbid, insert, remove, update } from './effects.ts';
import { findJsonProblem } from './json-problem.ts';
import { anyText, exact, pattern, within } from './matchers.ts';
import { readScenarios } from './read-scenarios.ts';

const folder = mkdtempSync(join(tmpdir(), 'rehearse-scenario-'));
afterAll(() => rmSync(folder, { recursive: true }));

const input: ScenarioInput = {
  id: 'desk/answer',
  title: 'A letter is answered',
  world: { now: '2026-03-02T09:00:00Z', services: ['post'] },
  start: { message: 'Answer it.' },
  expect: { effects: [insert('post.outbox', { to: 'lee@acme.test', text: anyText() })] },
};

const milestone = (id: string, ...after: string[]) => ({ id, after, when: { on: 'reply' as const } });

describe('defineScenario', () => {
  it('fills in the defaults', () => {
    expect(defineScenario(input)).toMatchObject({
      expect: { abstain: null, allow: [], budgets: { stepsWithoutProgress: 3 } },
      limits: { modelCalls: 25, wallSeconds: 60 },
    });
  });

  it.each([
    [{ id: 'Not A Slug' }, 'id: expected lower-case words'],
    [{ world: { now: 'yesterday', services: ['post'] } }, 'world.now: Invalid ISO datetime, got "yesterday"'],
    [{ title: undefined }, 'title: expected string, got nothing'],
    [{ expects: {} }, 'the scenario: expected only the fields there are, got "expects"'],
    [
      { expect: { effects: [{ operation: 'insert', table: 'a.b', columns: { to: { is: 'exact' } } }] } },
      'expect.effects[0].columns.to.value: expected a JSON value, got nothing',
    ],
    [
      { expect: { effects: [{ operation: 'insert', table: 'a.b', columns: { to: { is: 'like' } } }] } },
      /columns\.to\.is: .*'exact' \| 'oneOf'.*, got "like"/,
    ],
    [
      { expect: { effects: [{ operation: 'insert', table: 'outbox', columns: {} }] } },
      'expect.effects[0].table',
    ],
    [{ expect: { abstain: 'ask', effects: [insert('post.outbox', {})] } }, 'expect.effects: expected none'],
    [
      { expect: { effects: [insert('post.outbox', { text: pattern('(') })] } },
      'expect.effects[0].columns.text: ',
    ],
    [
      { expect: { forbid: [forbid('any', 'post.*', 'no', { at: within('noon', 1) })] } },
      'expect.forbid[0].columns.at',
    ],
    [
      { expect: { abstain: 'ask', anyOf: [{ title: 'Writes' }] } },
      'expect.anyOf: expected none beside abstain "ask"',
    ],
    [
      { expect: { anyOf: [{ title: 'Asks', abstain: 'ask', effects: [insert('post.outbox', {})] }] } },
      'expect.anyOf[0].effects: expected none beside abstain "ask" of the end "Asks"',
    ],
    [
      { expect: { effects: [insert('post.outbox', {})], anyOf: [{ title: 'Asks', abstain: 'ask' }] } },
      'expect.effects: expected none beside abstain "ask" of the end "Asks"',
    ],
    [
      {
        expect: { anyOf: [{ title: 'Sends', effects: [insert('post.outbox', { at: within('noon', 1) })] }] },
      },
      'expect.anyOf[0].effects[0].columns.at: expected an ISO 8601 time, got "noon"',
    ],
    [
      { expect: { milestones: [milestone('a', 'c'), milestone('b', 'a'), milestone('c', 'b')] } },
      'expect.milestones[0].after: expected milestones that come after one another, got a circle: a after c after b after a',
    ],
    [
      { expect: { milestones: [milestone('a'), milestone('b', 'd')] } },
      'expect.milestones[1].after[0]: expected a milestone of this scenario (a, b), got "d"',
    ],
    [
      { expect: { milestones: [milestone('a'), milestone('a')] } },
      'expect.milestones[1].id: expected each id once',
    ],
    [
      { expect: { milestones: [{ id: 'a', when: { on: 'said', pattern: '(' } }] } },
      'expect.milestones[0].when.pattern: ',
    ],
    [
      { user: { kind: 'script', turns: [{ when: { on: 'asks', pattern: '[' }, say: 'Yes.' }] } },
      'user.turns[0].when.pattern: ',
    ],
  ])('names the wrong field of %j', (change, message) => {
    const define = () => defineScenario({ ...input, ...change } as ScenarioInput);
    expect(define).toThrow(expect.objectContaining({ code: 'SCENARIO_UNREADABLE' }));
    expect(define).toThrow(message);
  });

  it('gives one digest to equal scenarios, whatever the order of their keys', () => {
    const reversed = Object.fromEntries(Object.entries(input).reverse()) as ScenarioInput;
    expect(scenarioDigest(defineScenario(reversed), {})).toBe(scenarioDigest(defineScenario(input), {}));
  });

  it('gives another digest to another question, and none to what decides nothing', () => {
    const digest = scenarioDigest(defineScenario(input), {});
    const digestOf = (change: Partial<ScenarioInput>) =>
      scenarioDigest(defineScenario({ ...input, ...change }), {});
    expect(digestOf({ start: { message: 'Another' } })).not.toBe(digest);
    expect(digestOf({ limits: { modelCalls: 24 } })).not.toBe(digest);
    expect(digestOf({ title: 'Another', tags: ['another'], reference: { steps: [] } })).toBe(digest);
    expect(digestOf({ limits: { modelCalls: 25 }, user: { kind: 'silent' } })).toBe(digest);
  });
});

describe('the digest', () => {
  const scenario = defineScenario({ ...input, world: { ...input.world, fixtures: ['few'] } });
  const rows = (text: string) => ({ few: { 'post.outbox': [{ id: 'l_1', text }] }, other: {} });

  it('covers the content of the fixtures that are named, and of no other', () => {
    const digest = scenarioDigest(scenario, rows('a'));
    expect(scenarioDigest(scenario, rows('a'))).toBe(digest);
    expect(scenarioDigest(scenario, rows('b'))).not.toBe(digest);
    const other = { ...rows('a'), other: { 'post.outbox': [{ id: 'l_2' }] } };
    expect(scenarioDigest(scenario, other)).toBe(digest);
  });

  it('covers the versions of checks', () => {
    const checked = (version: number) =>
      scenarioDigest(defineScenario({ ...input, expect: { checks: [{ name: 'short', version }] } }), {});
    expect(checked(1)).not.toBe(checked(2));
  });
});

describe('the effect builders', () => {
  it('take plain JSON as exactly that value', () => {
    expect(update('crm.contacts', 'c1', { status: 'won', tags: ['a'] })).toEqual({
      operation: 'update',
      table: 'crm.contacts',
      key: exact('c1'),
      columns: { status: exact('won'), tags: exact(['a']) },
    });
    expect(remove('crm.contacts', pattern(/^c/)).key).toEqual({ is: 'pattern', source: '^c' });
    expect(insert('crm.notes', { shape: exact({ is: 'any' }) }).columns.shape).toEqual(exact({ is: 'any' }));
  });
});

describe('findJsonProblem', () => {
  it('agrees with JSON.parse on every text', () => {
    const texts = fc.oneof(
      fc.json(),
      fc.json().map((text) => text.slice(0, -1)),
      fc.string({ unit: fc.constantFrom(...'{}[],:"\\ 0-1.eE+tnu\n') }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(findJsonProblem(text) === null).toBe(valid);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('readScenarios', () => {
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('reads one scenario or an array', async () => {
    const one = await readScenarios(file('one.json', JSON.stringify(input)));
    const two = await readScenarios(file('two.json', JSON.stringify([input, { ...input, id: 'desk/two' }])));
    expect([...one, ...two].map(({ id }) => id)).toEqual(['desk/answer', 'desk/answer', 'desk/two']);
  });

  it.each([
    ['{\n  "id": "a",\n  id: 1\n}', ':3:3: not JSON: expected a name in double quotes, got "i"'],
    ['[{"id": "a"', ':1:12: not JSON: expected "," or "}", got the end of the text'],
    ['[]', 'expected at least one scenario'],
    [JSON.stringify([input, input]), 'got "desk/answer" twice'],
    [JSON.stringify([input, {}]), '[1]: id: '],
  ])('says what is wrong with %s', async (text, message) => {
    await expect(readScenarios(file('bad.json', text))).rejects.toThrow(message);
  });

  it('names a missing file', async () => {
    await expect(readScenarios(join(folder, 'none.json'))).rejects.toThrow(
      /expected a scenario file at .*none\.json/,
    );
  });
});
