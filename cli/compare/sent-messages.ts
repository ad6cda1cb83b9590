import type { Effect, Row } from '../../domain/effect.ts';
import type { Trial } from '../../domain/trial.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { Pack } from '../../harness/index.ts';
import { type Reader, readTouch } from '../../harness/prospect/read-touch.ts';
import type { Standing, Touch } from '../../harness/prospect/touch.ts';

/** A message that an agent put before somebody who had not written: how it reads, and whom it meets. */
export type SentMessage = { touch: Touch; standing: Standing };

/** The first messages of a trial, by its journal: mail and LinkedIn. Answers in a conversation are none. */
export function sentMessages(trial: Trial, { fixtures }: Pick<Pack, 'fixtures'>): SentMessage[] {
  const rows = startRows(trial, fixtures);
  const earlier = [...rows('mail.outbox'), ...rows('linkedin.messages')].flatMap(contactOf);
  const sent: { whom: string; at: Micros }[] = [...earlier];
  return trial.journal.flatMap((effect) => {
    const written = writtenTo(effect, rows);
    if (!written) return [];
    const before = sent.filter(({ whom }) => whom === written.whom).map(({ at }) => at);
    sent.push({ whom: written.whom, at: effect.at });
    const touch = { at: effect.at, ...readTouch(written.text, written.reader) };
    const lastAt = before.length > 0 ? micros(Math.max(...before)) : null;
    return [
      { touch, standing: { earlier: before.length, lastAt, optedOut: written.optedOut, utcOffset: 0 } },
    ];
  });
}

type Rows = (table: string) => readonly Row[];
type Written = { whom: string; text: string; reader: Reader; optedOut: boolean };

/** The rows of the world as the trial began. */
function startRows({ scenario: { world } }: Trial, fixtures: Pack['fixtures']): Rows {
  return (table) => [
    ...(world.rows[table] ?? []),
    ...world.fixtures.flatMap((name) => fixtures[name]?.[table] ?? []),
  ];
}

function contactOf(row: Row): { whom: string; at: Micros }[] {
  const whom = textOf(row.to) || (row.from_me === true ? textOf(row.person_id) : '');
  return whom === ''
    ? []
    : [{ whom: whom.toLowerCase(), at: micros(Date.parse(textOf(row.sent_at)) * 1000) }];
}

function writtenTo({ table, operation, after }: Effect, rows: Rows): Written | null {
  if (operation !== 'insert' || !after) return null;
  if (table === 'mail.outbox') return mailTo(after, rows);
  if (table === 'linkedin.messages' || table === 'linkedin.invitations') return linkedInTo(after, rows);
  return null;
}

function mailTo(mail: Row, rows: Rows): Written | null {
  if (rows('mail.inbox').some(({ thread_id }) => thread_id === mail.thread_id)) return null;
  const to = textOf(mail.to);
  const same = (address: unknown) => textOf(address).toLowerCase() === to.toLowerCase();
  const contacts = rows('crm.contacts').filter(({ email }) => same(email));
  const optedOut =
    contacts.some(({ status }) => status === 'opted_out') ||
    rows('suppressions.addresses').some(({ address }) => same(address));
  const text = `${textOf(mail.subject)}\n${textOf(mail.body)}`;
  return { whom: to.toLowerCase(), text, reader: readerOf(contacts[0] ?? {}, rows), optedOut };
}

function linkedInTo(message: Row, rows: Rows): Written | null {
  const id = textOf(message.person_id) || textOf(message.invitee);
  const theirs = rows('linkedin.messages').some(
    ({ person_id, from_me }) => person_id === id && from_me === false,
  );
  const person = rows('linkedin.people').find((row) => row.id === id);
  if (theirs || !person) return null;
  const contact = rows('crm.contacts').find(({ name }) => name === person.name);
  return {
    whom: id.toLowerCase(),
    text: textOf(message.text) || textOf(message.message),
    reader: readerOf({ ...contact, name: person.name ?? null, company: person.company ?? null }, rows),
    optedOut: contact?.status === 'opted_out',
  };
}

function readerOf(contact: Row, rows: Rows): Reader {
  const company = textOf(contact.company) || null;
  const known = rows('companies.companies').find(({ name }) => name === company);
  const news = rows('companies.news').filter(({ domain }) => known && domain === known.domain);
  return {
    name: textOf(contact.name),
    company,
    title: textOf(contact.title) || null,
    facts: [known?.description, ...news.map(({ title }) => title)].map(textOf).filter((fact) => fact !== ''),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
