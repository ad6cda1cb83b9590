import { findPerson, isPerson, type Person } from './find-contact.ts';
import { writeFirst } from './first-touch.ts';
import { type Flow, look } from './flow.ts';
import { findIncoming, type Incoming } from './incoming.ts';
import { cancelBooked, meet, moveBooked, offerTimes } from './meetings.ts';
import { contactsIn } from './observations.ts';
import { answerFrom, readReply } from './reply.ts';
import { done, handOver, nothing, type Report } from './report.ts';
import type { Scene } from './scene.ts';
import type { ReplyTask } from './task.ts';
import { writeAll } from './write-once.ts';
import { addNote, marks, suppress } from './writes.ts';

/** Handles a reply that came in: read it, see what the sender wants, do that and no more. */
export function* answerReply(task: ReplyTask, scene: Scene): Flow<Report> {
  const incoming = yield* findIncoming(task, scene);
  if ('kind' in incoming) return incoming;
  const { from, person } = incoming;
  const intent = readReply(incoming, scene.now ?? 0);
  if (intent.kind === 'automatic') return nothing(`The mail from ${from} is an automatic reply.`);
  if (intent.kind === 'bounce') return yield* takeBounce(intent.address, from, scene);
  if (intent.kind === 'opt-out') return yield* optOut(incoming, intent.everybody, scene);
  if (!person) return handOver(`The CRM has no contact for ${from}, who wrote.`);
  const [{ name, status, owner }] = person;
  if (owner && !/^alice\b/i.test(owner)) return handOver(`${name} belongs to ${owner} and has written.`);
  if (status === 'opted_out') return handOver(`${name} opted out earlier and now has written.`);
  switch (intent.kind) {
    case 'meeting':
      return yield* meet(incoming, person, intent.start, scene);
    case 'move':
      return yield* moveBooked(incoming, person, intent.start, scene);
    case 'cancel':
      return yield* cancelBooked(incoming, person, scene);
    case 'interest':
      return yield* offerTimes(incoming, person, scene);
    case 'referral':
      return yield* refer(incoming, person, intent.name, scene);
    case 'no':
      return yield* takeNo(person, intent.later, scene);
    case 'question':
      return yield* answerQuestion(incoming, person, scene);
    case 'other':
      return handOver(`The message from ${name} (${from}) needs a person to answer it.`);
  }
}

function* takeBounce(address: string | null, from: string, scene: Scene): Flow<Report> {
  if (!scene.offers('add_suppression') || address === null)
    return nothing(`The mail from ${from} is an automatic notice.`);
  const failed = yield* writeAll([suppress(address, 'bounce')], scene);
  return failed ?? done(`The mail to ${address} bounced; the address is on the suppression list.`);
}

function* optOut({ from, person }: Incoming, everybody: boolean, scene: Scene): Flow<Report> {
  if (!person) {
    if (!scene.offers('add_suppression'))
      return handOver(`${from} opts out, and the CRM has no contact for that address.`);
    const failed = yield* writeAll([suppress(from, 'unsubscribe')], scene);
    return failed ?? done(`${from} opted out; the address is on the suppression list, no mail was sent.`);
  }
  const [contact] = person;
  const rows = everybody ? yield* colleaguesOf(person) : person;
  const failed = yield* writeAll(marks(rows, 'opted_out'), scene);
  const whom = rows.map(({ name }) => name).filter((name, place, all) => all.indexOf(name) === place);
  return (
    failed ??
    done(`${contact.name} opted out; the status is set for ${whom.join(', ')} and no message was sent.`)
  );
}

/** All contacts with an address of the same company. */
function* colleaguesOf(person: Person): Flow<Person> {
  const domain = person[0].email?.split('@')[1];
  if (!domain) return person;
  const [search] = yield* look({ tool: 'search_contacts', arguments: { query: domain } });
  const others = contactsIn(search).filter(
    ({ id, email }) =>
      email?.toLowerCase().endsWith(`@${domain.toLowerCase()}`) && person.every((row) => row.id !== id),
  );
  return [...person, ...others];
}

function* takeNo(person: Person, later: string | null, scene: Scene): Flow<Report> {
  const [contact] = person;
  const note =
    later === null ? [] : [addNote(contact, `Says no for now; asks to be written to again: ${later}.`)];
  const failed = yield* writeAll([...marks(person, 'replied'), ...note], scene);
  const when = later === null ? '' : ` and a note says ${later}`;
  return failed ?? done(`${contact.name} says no for now; the status is replied${when}.`);
}

/** Goes on to whom the sender names, where the CRM holds them and nothing speaks against it. */
function* refer(incoming: Incoming, person: Person, name: string, scene: Scene): Flow<Report> {
  const [contact] = person;
  const failed = yield* writeAll(marks(person, 'replied'), scene);
  if (failed) return failed;
  const other = yield* findPerson({ name, company: contact.company ?? null }, scene);
  if (isPerson(other)) {
    const plain = { channel: 'mail', fit: null, news: false, claim: null } as const;
    const report = yield* writeFirst(other, plain, { referredBy: contact.name }, scene);
    return { ...report, text: `${contact.name} named ${name}. ${report.text}` };
  }
  const note = addNote(contact, `Names ${name} as the one to talk to: ${incoming.body.trim()}`);
  const unnoted = yield* writeAll([note], scene);
  return unnoted ?? handOver(`${contact.name} names ${name}, whom the CRM does not have; there is a note.`);
}

function* answerQuestion(incoming: Incoming, person: Person, scene: Scene): Flow<Report> {
  const [{ name }] = person;
  const line = answerFrom(scene.material, incoming.body);
  if (line === null) return handOver(`${name} asks what my material does not say.`);
  const failed = yield* writeAll([incoming.answer(() => line), ...marks(person, 'replied')], scene);
  return failed ?? done(`I answered ${name} from the material; the status is replied.`);
}
