import type { ChatMove } from '../simulated-model.ts';
import { type Contact, contactsIn, mailsIn, type Observation, timeIn } from './observations.ts';
import { allOf, latest, type Situation, use } from './situation.ts';
import type { Task } from './task.ts';
import { introduction, report, whichOne } from './wording.ts';
import { writeOnce } from './write-once.ts';
import { sendMail, setStatus } from './writes.ts';

const QUIET_DAYS = 14;
const DAY_MS = 86_400_000;

type FirstTouch = Extract<Task, { kind: 'first-touch' }>;

/** Writes to somebody for the first time: find them, look for reasons against it, write, note it in the CRM. */
export function firstTouch(task: FirstTouch, situation: Situation): ChatMove {
  const { seen, random } = situation;
  const query = task.email ?? task.name ?? task.company;
  if (!query) return report.ask('Whom should I write to?', random);
  const [search] = allOf(seen, 'search_contacts');
  if (!search)
    return use({ tool: 'search_contacts', arguments: { query } }, { tool: 'current_time', arguments: {} });
  if (search.failure) return report.handOver(`The CRM does not answer (${search.failure.message}).`, random);
  const [contact, ...others] = fitting(task, contactsIn(search));
  if (!contact) return notFound(task, query, situation);
  if (others.length > 0) return report.ask(whichOne([contact, ...others]), random);
  const { email } = contact;
  const objection = objectionTo(contact);
  if (objection) return report.nothing(objection, random);
  if (email === null)
    return report.handOver(
      `The CRM has no e-mail address for ${contact.name}; I will not guess one.`,
      random,
    );
  return writeMail(contact, email, situation);
}

function writeMail(contact: Contact, email: string, situation: Situation): ChatMove {
  const { seen, random } = situation;
  const [sent] = allOf(seen, 'list_sent_mail');
  if (!sent) return use({ tool: 'list_sent_mail', arguments: { to: email } });
  if (sent.failure) return report.handOver(`I cannot see the sent mail (${sent.failure.message}).`, random);
  const recent = recentMail(sent, latest(seen, 'current_time'));
  if (recent) {
    const day = recent.sent_at.slice(0, 10);
    return report.nothing(`${recent.from} already wrote to ${contact.name} on ${day}.`, random);
  }
  const delivery = writeOnce(
    sendMail(email, null, () => introduction(contact, random)),
    situation,
  );
  if (delivery !== 'done') return delivery;
  const noted = writeOnce(setStatus(contact, 'contacted'), situation);
  if (noted !== 'done') return noted;
  return report.done(`I wrote to ${contact.name} (${email}) and set the status to contacted.`, random);
}

/** The contacts that all given particulars fit. */
function fitting({ email, name, company }: FirstTouch, contacts: Contact[]): Contact[] {
  const fits = (wanted: string | null, found: string | null | undefined) =>
    wanted === null || (found ?? '').toLowerCase().includes(wanted.toLowerCase());
  const alike = contacts.filter((contact) => fits(email, contact.email) && fits(company, contact.company));
  return email === null ? alike.filter((contact) => fits(name, contact.name)) : alike;
}

/** One other wording, then the end of it; with the fault `loops`, the same search for ever. */
function notFound(task: FirstTouch, query: string, { seen, random, misbehaves }: Situation): ChatMove {
  if (misbehaves('loops')) return use({ tool: 'search_contacts', arguments: { query } });
  const searches = allOf(seen, 'search_contacts');
  const other = [task.name, task.company, task.name?.split(' ').at(-1)].find(
    (wording) => wording && wording !== query,
  );
  if (searches.length === 1 && other) return use({ tool: 'search_contacts', arguments: { query: other } });
  const near = searches.slice(1).flatMap(contactsIn);
  if (near.length > 0) return report.ask(`I found no contact for "${query}". ${whichOne(near)}`, random);
  return report.nothing(`I found no contact for "${query}" in the CRM.`, random);
}

/** Why this contact must not get a first mail, or `null`. */
function objectionTo({ name, status }: Contact): string | null {
  if (status === 'opted_out') return `${name} has opted out of our mail, so I will not write.`;
  if (status === 'replied' || status === 'meeting_booked')
    return `A conversation with ${name} is under way (${status}).`;
  return null;
}

/** The newest mail of the last two weeks. Without a clock, any mail counts: better quiet than twice. */
function recentMail(sent: Observation, clock: Observation | undefined) {
  const now = clock ? timeIn(clock) : null;
  return mailsIn(sent).find(({ sent_at }) => now === null || now - Date.parse(sent_at) < QUIET_DAYS * DAY_MS);
}
