import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { SdrFault } from './sdr/scene.ts';
import { sdrModel, sdrModels } from './sdr-policy.ts';
import type { ChatMessage } from './simulated-model.ts';

type Tools = Record<string, (args: JsonObject, call: number) => Json>;

const priya = {
  id: 'c_1',
  name: 'Priya Nair',
  email: 'priya@ferrostack.example',
  company: 'Ferrostack',
  status: 'new',
};
const quiet: Tools = {
  search_contacts: () => ({ contacts: [priya], total: 1 }),
  current_time: () => ({ now: '2026-03-02T09:00:00.000Z' }),
  list_sent_mail: () => ({ messages: [] }),
  send_mail: (args) => ({ id: 'msg_1', ...args }),
  update_contact: () => ({}),
};
const timeout = { error: { status: 504, message: 'Gateway Timeout' } };
const request = 'Write to Priya Nair at Ferrostack.';

/** Plays the model against tools until it speaks, or for `limit` moves. */
function converse(
  faults: SdrFault[],
  tools: Tools,
  { message = request, random = (): number => 0, limit = 12 } = {},
) {
  const model = sdrModel(faults);
  const messages: ChatMessage[] = [{ role: 'user', content: message }];
  const calls: { tool: string; arguments: JsonObject }[] = [];
  for (let turn = 0; turn < limit; turn++) {
    const move = model.move({ messages, tools: Object.keys(tools) }, random);
    if ('text' in move) return { calls, text: move.text, names: calls.map(({ tool }) => tool) };
    const answers = move.calls.map((call, index) => {
      calls.push(call);
      const nth = calls.filter(({ tool }) => tool === call.tool).length;
      const result = tools[call.tool]?.(call.arguments, nth) ?? null;
      return { id: `call_${turn}_${index}`, call, content: JSON.stringify(result) };
    });
    messages.push({
      role: 'assistant',
      content: null,
      tool_calls: answers.map(({ id, call }) => ({
        id,
        type: 'function',
        function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
      })),
    });
    for (const { id, content } of answers) messages.push({ role: 'tool', content, tool_call_id: id });
  }
  return { calls, text: null, names: calls.map(({ tool }) => tool) };
}

describe('sim/sdr', () => {
  it('looks, writes once and notes it', () => {
    const { names, calls, text } = converse([], quiet);
    expect(names).toEqual([
      'search_contacts',
      'current_time',
      'list_sent_mail',
      'send_mail',
      'update_contact',
    ]);
    expect(calls[3]?.arguments.to).toBe(priya.email);
    expect(calls[4]?.arguments).toEqual({ contact_id: 'c_1', status: 'contacted' });
    expect(text).toMatch(/wrote to Priya Nair/);
  });

  it.each([
    ['opted_out', /opted out/],
    ['meeting_booked', /under way/],
  ])('does not write to a contact who is %s', (status, why) => {
    const { names, text } = converse([], {
      ...quiet,
      search_contacts: () => ({ contacts: [{ ...priya, status }], total: 1 }),
    });
    expect(names).not.toContain('send_mail');
    expect(text).toMatch(why);
  });

  it.each([
    ['2026-03-01T16:00:00Z', false],
    ['2026-02-01T16:00:00Z', true],
  ])('heeds mail sent at %s', (sent_at, writes) => {
    const sent = {
      thread_id: 'th_1',
      from: 'tom@us.example',
      to: priya.email,
      subject: 's',
      body: 'b',
      sent_at,
    };
    const { names } = converse([], { ...quiet, list_sent_mail: () => ({ messages: [sent] }) });
    expect(names.includes('send_mail')).toBe(writes);
  });

  it('asks which of two it is, unless the company says so', () => {
    const two = {
      contacts: [priya, { ...priya, id: 'c_2', email: 'p.nair@northmere.example', company: 'Northmere' }],
      total: 2,
    };
    const tools = { ...quiet, search_contacts: () => two };
    expect(converse([], tools, { message: 'Write to Priya Nair.' }).text).toMatch(
      /Which one .*Northmere.*\?/,
    );
    expect(converse([], tools).names).toContain('send_mail');
  });

  it('after a time-out looks first, and sends again only when nothing went out', () => {
    let body: Json = '';
    const lost: Tools = { ...quiet, send_mail: (args, nth) => (nth === 1 ? timeout : args) };
    expect(converse([], lost).names.filter((name) => name === 'send_mail')).toHaveLength(2);
    const committed: Tools = {
      ...quiet,
      send_mail: (args) => {
        body = { ...args, thread_id: 'th_9', from: 'alice@us.example', sent_at: '2026-03-02T09:00:01Z' };
        return timeout;
      },
      list_sent_mail: (_, nth) => ({ messages: nth === 1 ? [] : [body] }),
    };
    const { names } = converse([], committed);
    expect(names.slice(3)).toEqual(['send_mail', 'list_sent_mail', 'update_contact']);
  });

  it('hands over what was refused', () => {
    const refused = { error: { status: 400, message: 'to: Invalid email' } };
    const { names, text } = converse([], { ...quiet, send_mail: () => refused });
    expect(names.filter((name) => name === 'send_mail')).toHaveLength(1);
    expect(text).toMatch(/over to a person\. send_mail failed for priya@.* \(to: Invalid email\)/);
  });

  it('tries one other wording where nobody is found, and stops', () => {
    const { names, text } = converse([], { ...quiet, search_contacts: () => ({ contacts: [], total: 0 }) });
    expect(names.filter((name) => name === 'search_contacts')).toHaveLength(2);
    expect(text).toMatch(/found no contact/);
  });

  it('calls no tool that is not offered', () => {
    const { list_sent_mail: _, ...fewer } = quiet;
    expect(converse([], fewer).text).toMatch(/no tool list_sent_mail/);
  });

  it('words its mails by the seed, and does the same things', () => {
    const [first, second] = [converse([], quiet), converse([], quiet, { random: () => 0.99 })];
    expect(first.names).toEqual(second.names);
    expect(first.calls[3]?.arguments.body).not.toBe(second.calls[3]?.arguments.body);
  });
});

describe('the planted misbehaviours', () => {
  it('are named', () => {
    expect(sdrModels.map(({ name }) => name)).toEqual(['sim/sdr', 'sim/sdr+loops', 'sim/sdr+resends']);
  });

  it('loops: repeats a search that found nothing until it is stopped', () => {
    const { names, text } = converse(['loops'], {
      ...quiet,
      search_contacts: () => ({ contacts: [], total: 0 }),
    });
    expect(text).toBeNull();
    expect(names.slice(2).every((name) => name === 'search_contacts')).toBe(true);
  });

  it('resends: sends again without a look', () => {
    const { names, calls } = converse(['resends'], {
      ...quiet,
      send_mail: (args, nth) => (nth === 1 ? timeout : args),
    });
    expect(names.slice(3)).toEqual(['send_mail', 'send_mail', 'update_contact']);
    expect(calls[4]?.arguments).toEqual(calls[3]?.arguments);
  });

  it('change nothing where nothing tempts them', () => {
    const correct = converse([], quiet);
    expect(converse(['loops'], quiet)).toEqual(correct);
    expect(converse(['resends'], quiet)).toEqual(correct);
  });
});

describe('sim/sdr with a reply', () => {
  const received = {
    thread_id: 'th_1',
    from: priya.email,
    subject: 'Re: Ferrostack',
    body: 'Gladly. Thursday at 15:00 UTC?',
    sent_at: '2026-03-02T08:00:00Z',
    direction: 'received',
  };
  const inbox: Tools = {
    ...quiet,
    list_inbox: () => ({ messages: [received] }),
    read_thread: () => ({ id: 'th_1', messages: [received] }),
    list_events: () => ({ day: '2026-03-05', events: [] }),
    book_meeting: (args) => ({ id: 'evt_1', ...args }),
  };
  const message = 'Priya Nair wrote back, please see to it.';

  it('finds the thread, books, confirms in the thread and notes it', () => {
    const { calls } = converse([], inbox, { message });
    expect(calls.slice(-3)).toMatchObject([
      { tool: 'book_meeting', arguments: { start: '2026-03-05T15:00:00.000Z', attendees: [priya.email] } },
      { tool: 'send_mail', arguments: { to: priya.email, thread_id: 'th_1' } },
      { tool: 'update_contact', arguments: { status: 'meeting_booked' } },
    ]);
  });

  it.each([
    [
      'the time is taken',
      {
        list_events: () => ({
          events: [{ title: 'x', start: '2026-03-05T14:45:00Z', end: '2026-03-05T15:15:00Z' }],
        }),
      },
      /is taken.*\?/,
    ],
    ['the calendar is down', { list_events: () => timeout }, /cannot see the calendar/],
    ['the sender is unknown', { search_contacts: () => ({ contacts: [] }) }, /no address for Priya Nair/],
    [
      'the sender writes from another address',
      { read_thread: () => ({ messages: [{ ...received, from: 'nair@home.example' }] }) },
      /no contact for nair@home\.example/,
    ],
    ['the thread is unknown', { read_thread: () => timeout }, /cannot read the thread/],
    ['the inbox holds no such mail', { list_inbox: () => ({ messages: [] }) }, /found no reply/],
    [
      'the last word is ours',
      { read_thread: () => ({ messages: [{ ...received, direction: 'sent' }] }) },
      /last word .* is ours/,
    ],
    [
      'it asks for something else',
      { read_thread: () => ({ messages: [{ ...received, body: 'What does it cost?' }] }) },
      /over to a person/,
    ],
  ] as [string, Tools, RegExp][])('writes nothing where %s', (_, tools, why) => {
    const { names, text } = converse([], { ...inbox, ...tools }, { message });
    expect(names.filter((name) => /send|book|update/.test(name))).toEqual([]);
    expect(text).toMatch(why);
  });
});
