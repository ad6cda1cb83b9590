import { findPerson, isPerson, type Person, personsOf } from './find-contact.ts';
import { type Flow, look } from './flow.ts';
import { contactsIn, linkedInMessagesIn, mailsIn, profilesIn } from './observations.ts';
import type { Received } from './reply.ts';
import { askBack, handOver, nothing, type Report } from './report.ts';
import { lookWithClock, type Scene } from './scene.ts';
import type { ReplyTask } from './task.ts';
import { answer } from './wording.ts';
import type { Write } from './write-once.ts';
import { sendLinkedInMessage, sendMail } from './writes.ts';

/** A message that came in. */
export type Incoming = Received & {
  /** Earlier messages of ours in the same conversation, the newest first. */
  ours: string[];
  /** Whom the CRM knows the sender as; `null`: as nobody. */
  person: Person | null;
  /** An answer where it came from. */
  answer(compose: () => string): Write;
};

/** The message that a task is about, or why there is none to deal with. */
export function* findIncoming(task: ReplyTask, scene: Scene): Flow<Incoming | Report> {
  return task.channel === 'linkedin' && task.threadId === null
    ? yield* onLinkedIn(task, scene)
    : yield* byMail(task, scene);
}

function* byMail(task: ReplyTask, scene: Scene): Flow<Incoming | Report> {
  const threadId = task.threadId ?? (yield* locateThread(task, scene));
  if (typeof threadId !== 'string') return threadId;
  const thread = yield* lookWithClock(scene, { tool: 'read_thread', arguments: { thread_id: threadId } });
  const mails = mailsIn(thread);
  const mail = mails.at(-1);
  if (!mail || scene.now == null)
    return handOver(
      `I cannot read the thread ${threadId} or the time (${thread.failure?.message ?? 'empty'}).`,
    );
  if (mail.direction === 'sent') return nothing(`The last word in the thread with ${mail.to} is ours.`);
  const person = yield* senderOf(mail.from, task);
  if (person !== null && 'kind' in person) return person;
  const ours = mails.filter(({ direction }) => direction === 'sent').map(({ body }) => body);
  return {
    ...mail,
    ours: ours.reverse(),
    person,
    answer: (compose) =>
      sendMail(mail.from, mail.thread_id, () => {
        const contact = person?.[0];
        const words = compose();
        return contact
          ? answer(contact, mail.subject, words, scene.random)
          : { subject: mail.subject, body: words };
      }),
  };
}

/** Whose address it is in the CRM; the task may have named somebody else. */
function* senderOf(from: string, task: ReplyTask): Flow<Person | Report | null> {
  const [search] = yield* look({ tool: 'search_contacts', arguments: { query: from } });
  if (search.failure) return handOver(`The CRM does not answer for ${from} (${search.failure.message}).`);
  const rows = contactsIn(search).filter(({ email }) => email?.toLowerCase() === from.toLowerCase());
  const [person] = personsOf(rows);
  if (!person || !task.name) return person ?? null;
  if (person.some(({ name }) => name.includes(task.name ?? ''))) return person;
  return askBack(
    `That thread is with ${person[0].name} (${from}), not with ${task.name}. Which one do you mean?`,
  );
}

/** The thread of the newest mail from whom the task names; of the newest of all where it names nobody. */
function* locateThread({ email, name }: ReplyTask, scene: Scene): Flow<string | Report> {
  const from = email ?? (name === null ? null : yield* addressOf(name, scene));
  if (from !== null && typeof from !== 'string') return from;
  const [inbox] = yield* look({ tool: 'list_inbox', arguments: from === null ? {} : { from } });
  const [newest] = mailsIn(inbox);
  return newest?.thread_id ?? nothing(`I found no reply of ${name ?? from ?? 'that kind'} in the inbox.`);
}

/** The address that the CRM holds for the name. */
function* addressOf(name: string, scene: Scene): Flow<string | Report> {
  const found = yield* findPerson({ name, company: null }, scene);
  if (!isPerson(found))
    return found.kind === 'ask' ? found : handOver(`The CRM has no address for ${name}, whose reply it is.`);
  return found[0].email ?? handOver(`The CRM has no address for ${name}, whose reply it is.`);
}

function* onLinkedIn(task: ReplyTask, scene: Scene): Flow<Incoming | Report> {
  const person = yield* findPerson({ name: task.name, company: null }, scene);
  if (!isPerson(person)) return person;
  const [{ name, company }] = person;
  const [search] = yield* look({
    tool: 'search_people',
    arguments: { keywords: name, ...(company ? { company } : {}) },
  });
  const [profile, ...others] = profilesIn(search);
  if (!profile || others.length > 0) return handOver(`LinkedIn has not exactly one profile of ${name}.`);
  const [messages] = yield* look({ tool: 'list_linkedin_messages', arguments: { person_id: profile.id } });
  const all = linkedInMessagesIn(messages);
  const last = all.at(-1);
  if (!last || last.from_me) return nothing(`The last word with ${name} on LinkedIn is ours.`);
  const ours = all.filter(({ from_me }) => from_me).map(({ text }) => text);
  return {
    from: name,
    subject: '',
    body: last.text,
    ours: ours.reverse(),
    person,
    answer: (compose) => sendLinkedInMessage(profile, compose),
  };
}
