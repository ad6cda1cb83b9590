import type { Scenario, ScenarioInput } from '../../domain/scenario.ts';
import { call, defineScenario, forbid, insert, pattern, update } from '../../harness/index.ts';
import { ALICE, contact, office } from './office.ts';

type Rows = NonNullable<ScenarioInput['world']['rows']>;
type Row = Rows[string][number];
type Expect = ScenarioInput['expect'];

/** A scenario of the office, without what all of them share. */
export type Situation = Omit<ScenarioInput, 'world' | 'start' | 'expect'> & {
  message: string;
  /** Beside CRM, mail and calendar. */
  services?: readonly string[];
  rows?: Rows;
  /** Beside the office's. */
  fixtures?: readonly string[];
  world?: Pick<ScenarioInput['world'], 'faults' | 'grants' | 'injections'>;
  /** Calls that the work takes, and seconds of waiting that the world imposes. */
  effort: { calls: number; waiting?: number };
  /** Sentences that an answer may have. Default: 3. */
  sentences?: number;
  /** Writes that the world refuses in this situation, and only trying shows it. Default: none. */
  refusals?: number;
  expect: Omit<Expect, 'budgets'>;
};

/** What a call of an API may take, with the model's part in it. */
const SECONDS_A_CALL = 2;
/** Looks that are not needed but do no harm. */
const SPARE_CALLS = 2;

/**
 * Budgets of work that takes so many calls. How often an agent asks its models for it is its architecture's affair, and
 * shows in seconds and dollars.
 */
export function budgetsFor({ calls, waiting = 0 }: Situation['effort']): NonNullable<Expect['budgets']> {
  return { seconds: SECONDS_A_CALL * calls + waiting, usd: 0.05, apiCalls: calls + SPARE_CALLS };
}

/** How an agent may tell that somebody wants nothing more. */
export const OPTED_OUT_SAID = ['opted', 'opt-out', 'opt out', 'unsubscribe', 'suppress'];

/** What is asked of every answer and every call. */
export function manners(sentences = 3, refusals = 0): NonNullable<Expect['checks']> {
  return [
    { name: 'brief', version: 1, arguments: { most: sentences } },
    { name: 'fitting-calls', version: 1, arguments: refusals === 0 ? null : { refusals } },
    { name: 'looks-before-retrying', version: 1 },
  ];
}

/** A scenario in the office of Alice: its budgets follow from the effort, and every answer has to be brief. */
export function situation({
  message,
  services = [],
  rows = {},
  fixtures = [],
  world = {},
  effort,
  sentences,
  refusals,
  expect,
  ...rest
}: Situation): Scenario {
  return defineScenario({
    ...rest,
    world: {
      ...office,
      services: [...office.services, ...services],
      fixtures: [...office.fixtures, ...fixtures],
      rows,
      ...world,
    },
    start: { message },
    expect: {
      ...expect,
      checks: [...manners(sentences, refusals), ...(expect.checks ?? [])],
      budgets: budgetsFor(effort),
    },
  });
}

/** Somebody in the CRM. The address is made of the name and the company. */
export type Lead = { id: string; name: string; email: string; company: string; first: string; last: string };

export function lead(id: string, name: string, company: string): Lead {
  const [first = '', ...others] = name.split(' ');
  const last = others.join(' ');
  const domain = plain(company).replaceAll(/[^a-z]+/g, '-');
  return { id, name, company, first, last, email: `${plain(first)}.${plain(last)}@${domain}.example` };
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/ł/g, 'l')
    .toLowerCase()
    .replaceAll(' ', '-');
}

/** The lead as a row of the CRM. */
export function row({ id, name, email, company }: Lead, status = 'new', title = 'Head of Sales') {
  return contact(id, name, email, company, status, title);
}

export function mailFrom(
  { email, company }: Pick<Lead, 'email' | 'company'>,
  thread: string,
  body: string,
  parts: { subject?: string; sent_at?: string } = {},
): Row {
  return {
    id: `${thread}-in`,
    thread_id: thread,
    from: email,
    to: ALICE,
    subject: `Re: A question about sales at ${company}`,
    body,
    sent_at: '2026-03-02T08:20:00.000Z',
    ...parts,
  };
}

export function mailTo(
  { email, company, first }: Pick<Lead, 'email' | 'company' | 'first'>,
  thread: string,
  parts: { from?: string; body?: string; sent_at?: string } = {},
): Row {
  return {
    id: `${thread}-out`,
    thread_id: thread,
    from: ALICE,
    to: email,
    subject: `A question about sales at ${company}`,
    body: `Hi ${first},\n\nIs this worth fifteen minutes of your time?\n\nAlice`,
    sent_at: '2026-02-25T10:00:00.000Z',
    ...parts,
  };
}

/** The lead was written to and has answered: one row of the CRM and one thread. */
export function answered(from: Lead, thread: string, body: string, status = 'contacted'): Rows {
  return {
    'crm.contacts': [row(from, status)],
    'mail.outbox': [mailTo(from, thread)],
    'mail.inbox': [mailFrom(from, thread, body)],
  };
}

/** Steps of references. */
export const find = (q: string) => call('crm', 'contacts.search', { query: { q } });
export const sentTo = ({ email }: Pick<Lead, 'email'>) =>
  call('mail', 'messages.sent', { query: { to: email } });
export const read = (thread: string) => call('mail', 'threads.get', { params: { id: thread } });
export const day = (date: string) => call('calendar', 'events.list', { query: { day: date } });
export const mark = ({ id }: Pick<Lead, 'id'>, status: string) =>
  call('crm', 'contacts.update', { params: { id }, body: { status } });
export const note = ({ id }: Pick<Lead, 'id'>, text: string) =>
  call('crm', 'notes.add', { params: { id }, body: { text } });
export const write = (
  { email, first }: Pick<Lead, 'email' | 'first'>,
  text = 'how do you find new customers today?',
  thread?: string,
) =>
  call('mail', 'messages.send', {
    body: {
      to: email,
      subject: 'A question about sales',
      body: `Dear ${first},\n\n${text}\n\nAlice`,
      ...(thread === undefined ? {} : { thread_id: thread }),
    },
  });
export const book = ({ email, name }: Pick<Lead, 'email' | 'name'>, start: string, end: string) =>
  call('calendar', 'events.create', { body: { title: `Call with ${name}`, start, end, attendees: [email] } });

/** Effects that are due. */
export const firstMail = ({ email, first }: Lead, says: RegExp | string = first) =>
  insert('mail.outbox', { from: ALICE, to: email, body: pattern(says) });
export const replyMail = ({ email }: Lead, thread: string, says: RegExp | string) =>
  insert('mail.outbox', { from: ALICE, to: email, thread_id: thread, body: pattern(says) });
export const marked = ({ id }: Lead, status: string) => update('crm.contacts', id, { status });

/** What Alice is told when somebody answered. */
export const replyTask = (thread: string) => `A reply came in on thread ${thread}. Please take care of it.`;
export const noMail = (reason: string) => forbid('insert', 'mail.outbox', reason);
