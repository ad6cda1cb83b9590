import type { ChatMove } from '../simulated-model.ts';
import { type Contact, contactsIn, eventsIn, type Mail, mailsIn, timeIn } from './observations.ts';
import { readReply } from './reply.ts';
import { allOf, latest, type Situation, use } from './situation.ts';
import type { Task } from './task.ts';
import { confirmation, report, whichOne } from './wording.ts';
import { writeOnce } from './write-once.ts';
import { bookMeeting, isFree, sendMail, setStatus } from './writes.ts';

type ReplyTask = Extract<Task, { kind: 'reply' }>;

/** Handles a reply that came in: read the thread, see what the sender wants, do that and no more. */
export function answerReply(task: ReplyTask, situation: Situation): ChatMove {
  const { seen, random } = situation;
  const located = task.threadId ?? locateThread(task, situation);
  if (typeof located !== 'string') return located;
  const thread = latest(seen, 'read_thread');
  if (!thread)
    return use(
      { tool: 'read_thread', arguments: { thread_id: located } },
      { tool: 'current_time', arguments: {} },
    );
  const mail = mailsIn(thread).at(-1);
  const clock = latest(seen, 'current_time');
  const now = clock ? timeIn(clock) : null;
  if (!mail || now === null) return report.handOver('I cannot read the thread or the time.', random);
  if (mail.direction === 'sent') return report.nothing('The last word in the thread is ours.', random);
  const intent = readReply(mail, now);
  switch (intent.kind) {
    case 'automatic':
      return report.nothing(`The mail from ${mail.from} is an automatic reply.`, random);
    case 'opt-out':
      return withContact(mail, situation, (contact) => optOut(contact, situation));
    case 'meeting':
      return withContact(mail, situation, (contact) => meet(contact, mail, intent.start, situation));
    case 'other':
      return report.handOver(`The mail from ${mail.from} needs a person to answer it.`, random);
  }
}

/** The thread of the newest mail from whom the task names; of the newest of all where it names nobody. */
function locateThread({ email, name }: ReplyTask, situation: Situation): string | ChatMove {
  const from = email ?? (name === null ? null : addressOf(name, situation));
  if (from !== null && typeof from !== 'string') return from;
  const inbox = latest(situation.seen, 'list_inbox');
  if (!inbox) return use({ tool: 'list_inbox', arguments: from === null ? {} : { from } });
  const [newest] = mailsIn(inbox);
  if (newest) return newest.thread_id;
  return report.nothing('I found no reply of that kind in the inbox.', situation.random);
}

/** The address that the CRM holds for the name. */
function addressOf(name: string, { seen, random }: Situation): string | ChatMove {
  const [search] = allOf(seen, 'search_contacts');
  if (!search) return use({ tool: 'search_contacts', arguments: { query: name } });
  const [contact, ...others] = contactsIn(search);
  if (contact && others.length > 0) return report.ask(whichOne([contact, ...others]), random);
  return contact?.email ?? report.handOver(`The CRM has no address for ${name}, whose reply it is.`, random);
}

/** Goes on with the one contact who sent the mail. */
function withContact(
  mail: Mail,
  { seen, random }: Situation,
  next: (contact: Contact) => ChatMove,
): ChatMove {
  const [search] = allOf(seen, 'search_contacts');
  if (!search) return use({ tool: 'search_contacts', arguments: { query: mail.from } });
  const [contact, ...others] = contactsIn(search).filter(({ email }) => sameAddress(email, mail.from));
  if (!contact || others.length > 0)
    return report.handOver(`The CRM has not exactly one contact for ${mail.from}.`, random);
  return next(contact);
}

function sameAddress(left: string | null, right: string): boolean {
  return left?.toLowerCase() === right.toLowerCase();
}

function optOut(contact: Contact, situation: Situation): ChatMove {
  const { random } = situation;
  const noted =
    contact.status === 'opted_out' ? 'done' : writeOnce(setStatus(contact, 'opted_out'), situation);
  if (noted !== 'done') return noted;
  return report.done(`${contact.name} opted out; the status is set and no mail was sent.`, random);
}

function meet(contact: Contact, mail: Mail, start: number, situation: Situation): ChatMove {
  const { seen, random } = situation;
  if (contact.status === 'opted_out')
    return report.handOver(`${contact.name} opted out earlier and now asks for a meeting.`, random);
  const startTime = new Date(start).toISOString();
  const [day] = allOf(seen, 'list_events');
  if (!day) return use({ tool: 'list_events', arguments: { day: startTime.slice(0, 10) } });
  if (day.failure) return report.handOver(`I cannot see the calendar (${day.failure.message}).`, random);
  if (!isFree(start, eventsIn(day)))
    return report.ask(`${startTime} is taken. Which time may I offer ${contact.name}?`, random);
  const steps = [
    bookMeeting(contact, mail.from, start),
    sendMail(mail.from, mail.thread_id, () => confirmation(contact, mail.subject, startTime, random)),
    setStatus(contact, 'meeting_booked'),
  ];
  for (const step of steps) {
    const move = writeOnce(step, situation);
    if (move !== 'done') return move;
  }
  return report.done(`The meeting with ${contact.name} is booked for ${startTime}.`, random);
}
