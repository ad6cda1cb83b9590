import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../world/random.ts';
import { findSimulatedModel } from './plant-faults.ts';
import { ModelScript, scriptedModel } from './scripted-model.ts';
import { sdrModels } from './sdr-policy.ts';
import type { ChatMessage, ChatMove, SimulatedModel } from './simulated-model.ts';

/** Looks up a contact, then writes to whom the last user message names, then reports. */
const clerk: SimulatedModel = {
  name: 'sim/clerk',
  move({ messages }) {
    const words = messages.filter(({ role }) => role === 'user').map(({ content }) => content ?? '');
    const done = messages.filter(({ role }) => role === 'tool').length;
    const to = /to (\w+)/.exec(words.at(-1) ?? '')?.[1] ?? 'nobody';
    if (words[0] === 'Only look.') return done === 0 ? use('find', { name: to }) : { text: 'Looked.' };
    if (done === 0) return use('find', { name: to });
    if (done === 1) return use('send_mail', { to });
    return { text: `Wrote to ${to}.` };
  },
};
const use = (tool: string, args: Record<string, string>): ChatMove => ({
  calls: [{ tool, arguments: args }],
});
const tools = ['find', 'send_mail', 'update_contact', 'list_mail'];
const schemas = {
  send_mail: {
    type: 'object',
    properties: { to: { type: 'string' }, body: { type: 'string' } },
    required: ['to', 'body'],
  },
  update_contact: {
    type: 'object',
    properties: { contact_id: { type: 'string' }, status: { type: 'string', enum: ['new', 'contacted'] } },
    required: ['contact_id', 'status'],
  },
};

function model(name: string, models: readonly SimulatedModel[] = [clerk]): SimulatedModel {
  const found = findSimulatedModel(models, name);
  if ('problem' in found) throw new Error(found.problem);
  return found;
}

type Played = { calls: { tool: string; arguments: unknown }[]; text: string | null };

/** Plays a model until it speaks; `feedback` is what the user says after the first tool result. */
function play(
  { move }: SimulatedModel,
  {
    message = 'Write to Ann.',
    feedback = null as string | null,
    seed = 'a',
    offered = tools,
    limit = 8,
  } = {},
): Played {
  const random = randomStream(seed, 'model');
  const messages: ChatMessage[] = [{ role: 'user', content: message }];
  const calls: Played['calls'] = [];
  for (let turn = 0; turn < limit; turn++) {
    const next = move({ messages, tools: offered, schemas }, random);
    if ('text' in next) return { calls, text: next.text };
    calls.push(...next.calls);
    const made = next.calls.map((call, index) => ({
      id: `${turn}_${index}`,
      type: 'function' as const,
      function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
    }));
    messages.push({ role: 'assistant', content: null, tool_calls: made });
    const row = { id: 'c_7', email: 'ann@x.test', status: 'new' };
    for (const { id } of made)
      messages.push({ role: 'tool', tool_call_id: id, content: JSON.stringify([row]) });
    if (feedback !== null && turn === 0) messages.push({ role: 'user', content: feedback });
  }
  return { calls, text: null };
}

const names = ({ calls }: Played) => calls.map(({ tool }) => tool);
const share = (name: string, holds: (played: Played) => boolean, offered = tools) => {
  const n = 400;
  const seeds = Array.from({ length: n }, (_, index) => String(index));
  return seeds.filter((seed) => holds(play(model(name), { seed, offered }))).length / n;
};

describe('a planted fault', () => {
  it('is none without one', () => {
    expect(play(model('sim/clerk'))).toMatchObject({ text: 'Wrote to Ann.' });
    expect(names(play(model('sim/clerk')))).toEqual(['find', 'send_mail']);
  });

  it('loops: makes the last call again for ever', () => {
    const { calls, text } = play(model('sim/clerk+loops'));
    expect([new Set(calls.map((call) => JSON.stringify(call))).size, calls.length, text]).toEqual([
      1,
      8,
      null,
    ]);
  });

  it('wrong-tool: never calls the one that is meant', () => {
    const played = play(model('sim/clerk+wrong-tool'));
    expect(played.calls.map(({ arguments: args }) => args)).toEqual([{ name: 'Ann' }, { to: 'Ann' }]);
    expect(names(played)[0]).not.toBe('find');
    expect(names(played)[1]).not.toBe('send_mail');
    expect(names(play(model('sim/clerk+wrong-tool'), { offered: ['find'] }))[0]).toBe('find');
  });

  it('over-eager: writes once more, with arguments that fit, also where nothing was due', () => {
    for (const [message, own] of [
      ['Write to Ann.', ['find', 'send_mail']],
      ['Only look.', ['find']],
    ] as const) {
      const extra = ['0', '1', '2', '3', '4', '5'].map((seed) => {
        const played = play(model('sim/clerk+over-eager'), { message, seed });
        expect(names(played).slice(0, own.length)).toEqual(own);
        expect(played.calls).toHaveLength(own.length + 1);
        expect(played.text).not.toBeNull();
        return played.calls.at(-1);
      });
      expect(extra).toContainEqual({
        tool: 'update_contact',
        arguments: { contact_id: 'c_7', status: 'contacted' },
      });
      expect(extra).toContainEqual({
        tool: 'send_mail',
        arguments: { to: 'ann@x.test', body: 'Just one more thing.' },
      });
    }
    expect(names(play(model('sim/clerk+over-eager'), { offered: ['find'] }))).toEqual(['find', 'send_mail']);
  });

  it('forgets-feedback: does not hear what is said mid-run, but hears the next message', () => {
    const feedback = 'Better to Bob.';
    expect(play(model('sim/clerk'), { feedback }).text).toBe('Wrote to Bob.');
    expect(play(model('sim/clerk+forgets-feedback'), { feedback }).text).toBe('Wrote to Ann.');
    const { move } = model('sim/clerk+forgets-feedback');
    const messages: ChatMessage[] = [
      { role: 'user', content: 'Only look.' },
      { role: 'assistant', content: 'Looked.' },
      { role: 'user', content: 'Now to Bob.' },
    ];
    expect(move({ messages, tools }, () => 0)).toEqual(use('find', { name: 'Bob' }));
  });

  it('flaky: gives up or talks rubbish with its probability', () => {
    expect(share('sim/clerk+flaky=0', ({ text }) => text !== 'Wrote to Ann.')).toBe(0);
    // Three moves: 1 - 0.8^3 = 0.488, give or take three standard errors.
    const failed = share('sim/clerk+flaky=0.2', ({ text }) => text !== 'Wrote to Ann.');
    expect(Math.abs(failed - 0.488)).toBeLessThan(0.075);
  });

  it('confused: mistakes tools the more, the more there are', () => {
    const many = [...tools, ...Array.from({ length: 16 }, (_, index) => `tool_${index}`)];
    const mistaken = (played: Played) => names(played)[0] !== 'find';
    expect(share('sim/clerk+confused=0.02', mistaken, ['find'])).toBe(0);
    // 1 - 0.98^3 = 0.059 and 1 - 0.98^19 = 0.319.
    expect(Math.abs(share('sim/clerk+confused=0.02', mistaken) - 0.059)).toBeLessThan(0.036);
    expect(Math.abs(share('sim/clerk+confused=0.02', mistaken, many) - 0.319)).toBeLessThan(0.07);
  });

  it('slow and verbose: take and say as many times as much', () => {
    expect(model('sim/clerk+slow=3+slow=2').slowness).toBe(6);
    const said = play(model('sim/clerk+verbose=10')).text ?? '';
    expect(said.startsWith('Wrote to Ann.')).toBe(true);
    expect(said.length).toBeGreaterThanOrEqual(130);
  });

  it('draws from the seeded stream alone', () => {
    const faults = fc.subarray([
      'loops=0.5',
      'wrong-tool=0.3',
      'over-eager=0.5',
      'flaky=0.2',
      'confused',
      'verbose',
    ]);
    fc.assert(
      fc.property(faults, fc.string(), (planted, seed) => {
        const name = ['sim/clerk', ...planted].join('+');
        expect(play(model(name), { seed })).toEqual(play(model(name), { seed }));
      }),
    );
  });
});

describe('the name of a simulated model', () => {
  it('keeps the faults that a policy plants itself', () => {
    expect(model('sim/sdr+loops', sdrModels).move).toBe(sdrModels[1]?.move);
    expect(model('sim/sdr+resends+slow', sdrModels)).toMatchObject({
      name: 'sim/sdr+resends+slow',
      slowness: 5,
    });
  });

  it.each([
    ['sim/other', /expected sim\/clerk, or one of these with faults, got "sim\/other"/],
    ['sim/clerk+lazy', /expected a fault, one of loops, .*, got "lazy"/],
    ['sim/clerk+flaky=2', /a probability from 0 to 1 after flaky=, got "2"/],
    ['sim/clerk+flaky=', /after flaky=, got ""/],
    ['sim/clerk+slow=0.5', /a factor from 1 to 1000 after slow=, got "0.5"/],
  ])('%s is refused', (name, problem) => {
    const found = findSimulatedModel([clerk], name);
    expect('problem' in found && found.problem).toMatch(problem);
  });
});

describe('sim/script', () => {
  const script = ModelScript.parse([
    { call: { tool: 'look', arguments: { q: 'lee' } } },
    { when: 'not found', say: 'There is nobody of that name.' },
    { when: 'c_7', call: [{ tool: 'write', arguments: { id: 'c_7' } }, { tool: 'log' }] },
    { say: 'Done.' },
  ]);

  it('makes each move once, the first that fits', () => {
    expect(play(scriptedModel(script))).toEqual({
      calls: [
        { tool: 'look', arguments: { q: 'lee' } },
        { tool: 'write', arguments: { id: 'c_7' } },
        { tool: 'log', arguments: {} },
      ],
      text: 'Done.',
    });
  });

  it('takes another branch, and ends when nothing is left', () => {
    const { move } = scriptedModel(script);
    const messages: ChatMessage[] = [
      { role: 'user', content: 'Find Lee.' },
      { role: 'assistant', content: null, tool_calls: [] },
      { role: 'tool', content: '{"error":"Not found"}' },
    ];
    const say = () => move({ messages, tools: [] }, () => 0);
    const said: ChatMove[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const next = say();
      said.push(next);
      messages.push({ role: 'assistant', content: 'text' in next ? next.text : null });
    }
    expect(said).toEqual([
      { text: 'There is nobody of that name.' },
      { text: 'Done.' },
      { text: 'The script has no further move.' },
    ]);
  });

  it.each([
    [[]],
    [[{}]],
    [[{ say: 'a', call: { tool: 'b' } }]],
    [[{ when: '(', say: 'a' }]],
    [[{ sya: 'a' }]],
  ])('refuses %j', (moves) => {
    expect(ModelScript.safeParse(moves).success).toBe(false);
  });
});
