import { checkFit, findNews } from './company.ts';
import { findPerson, isPerson, type Person } from './find-contact.ts';
import { type Ask, type Flow, look } from './flow.ts';
import {
  type Contact,
  invitationsIn,
  linkedInMessagesIn,
  mailsIn,
  type Profile,
  profilesIn,
  suppressionsIn,
} from './observations.ts';
import { askBack, done, handOver, nothing, type Report } from './report.ts';
import type { Scene } from './scene.ts';
import type { FirstTouch } from './task.ts';
import { introduction, type Occasion, shortIntroduction } from './wording.ts';
import { type Write, writeAll } from './write-once.ts';
import { invite, marks, sendLinkedInMessage, sendMail } from './writes.ts';

const QUIET_DAYS = 14;
const DAY_MS = 86_400_000;

/** Writes to somebody for the first time: find them, look for reasons against it, write, note it in the CRM. */
export function* firstTouch(task: FirstTouch, scene: Scene): Flow<Report> {
  const found = yield* findPerson(task, scene);
  if (!isPerson(found)) return found;
  return yield* writeFirst(found, task, {}, scene);
}

/** As `firstTouch`, to whom is found already. */
export function* writeFirst(
  person: Person,
  task: Pick<FirstTouch, 'channel' | 'fit' | 'news' | 'claim'>,
  occasion: Occasion,
  scene: Scene,
): Flow<Report> {
  const [contact] = person;
  const objection = objectionTo(person);
  if (objection) return objection;
  const { email, name } = contact;
  if (email === null && task.channel === 'mail')
    return handOver(`The CRM has no e-mail address for ${name}; I will not guess one.`);
  if (task.claim !== null && !isSupported(task.claim, scene.material))
    return handOver(`My material for ${name} has no source for "${task.claim}".`);
  const profile = yield* findProfile(contact, task.channel, scene);
  if (profile !== null && 'kind' in profile) return profile;
  const touched = yield* earlierTouch(contact, profile, scene);
  if (touched) return touched;
  const unfit = task.fit ? yield* checkFit(contact, task.fit) : null;
  if (unfit) return unfit;
  const news = task.news ? yield* findNews(contact, scene) : undefined;
  const words = { ...occasion, news, claim: task.claim ?? undefined };
  const message = messageTo(contact, { profile, email, channel: task.channel }, words, scene);
  const failed = yield* writeAll([message, ...marks(person, 'contacted')], scene);
  return failed ?? done(`I wrote to ${name} (${message.about}) and the status is contacted.`);
}

function messageTo(
  contact: Contact,
  to: { profile: Profile | null; email: string | null; channel: FirstTouch['channel'] },
  occasion: Occasion,
  { random }: Scene,
): Write {
  if (to.channel === 'mail' || to.profile === null)
    return sendMail(to.email ?? '', null, () => introduction(contact, occasion, random));
  const compose = () => shortIntroduction(contact, random);
  return to.profile.degree === 1 ? sendLinkedInMessage(to.profile, compose) : invite(to.profile, compose);
}

/** Why this person must not get a first message, or `null`. */
function objectionTo(person: Person): Report | null {
  const [{ name }] = person;
  if (person.some(({ status }) => status === 'opted_out'))
    return nothing(`${name} has opted out of our messages, so I will not write.`);
  const foreign = person.find(({ owner }) => owner && !/^alice\b/i.test(owner));
  if (foreign) return handOver(`${name} belongs to ${foreign.owner}.`);
  const busy = person.find(({ status }) => status === 'replied' || status === 'meeting_booked');
  return busy ? nothing(`A conversation with ${name} is under way (${busy.status}).`) : null;
}

/** Every figure of a claim stands in one line of the material. */
export function isSupported(claim: string, material: readonly string[]): boolean {
  const words = (text: string) => new Set(text.toLowerCase().match(/\d+(?:[.,]\d+)?|\p{L}{4,}/gu) ?? []);
  const wanted = [...words(claim)];
  return material.some((line) => {
    const given = words(line);
    const figures = wanted.filter((word) => /\d/.test(word));
    const shared = wanted.filter((word) => given.has(word));
    return figures.every((figure) => given.has(figure)) && shared.length * 2 > wanted.length;
  });
}

/** The profile on LinkedIn: needed where the message goes there; else looked for where it can be. */
function* findProfile(
  { name, company }: Contact,
  channel: FirstTouch['channel'],
  scene: Scene,
): Flow<Profile | Report | null> {
  if (!scene.offers('search_people'))
    return channel === 'mail' ? null : handOver(`I have no LinkedIn to write to ${name}.`);
  const [search] = yield* look({
    tool: 'search_people',
    arguments: { keywords: name, ...(company ? { company } : {}) },
  });
  const [profile, ...others] = profilesIn(search);
  if (channel === 'mail') return others.length > 0 ? null : (profile ?? null);
  if (search.failure) return handOver(`LinkedIn does not answer for ${name} (${search.failure.message}).`);
  if (!profile) return handOver(`LinkedIn has no profile of ${name} at ${company ?? 'any company'}.`);
  if (others.length > 0)
    return askBack(`LinkedIn has ${others.length + 1} profiles of ${name} at ${company}. Which one is it?`);
  return profile;
}

/** A message of the last two weeks on any channel, a pending request, a suppressed address: each speaks against one more. */
function* earlierTouch({ name, email }: Contact, profile: Profile | null, scene: Scene): Flow<Report | null> {
  const asks: Ask[] = [
    ...(email === null ? [] : [{ tool: 'list_sent_mail', arguments: { to: email } }]),
    ...(email !== null && scene.offers('look_up_suppression')
      ? [{ tool: 'look_up_suppression', arguments: { address: email } }]
      : []),
    ...(profile === null
      ? []
      : ['list_invitations', 'list_linkedin_messages'].map((tool) => ({
          tool,
          arguments: { person_id: profile.id },
        }))),
  ];
  const seen = yield* look(...asks);
  for (const look of seen) {
    if (look.failure) return handOver(`I cannot see what was sent to ${name} (${look.failure.message}).`);
    if (suppressionsIn(look).length > 0)
      return nothing(`${email} of ${name} has opted out: it is on the suppression list.`);
    if (invitationsIn(look).some(({ status }) => status === 'pending'))
      return nothing(`A connection request to ${name} is pending on LinkedIn.`);
    const touches = [...mailsIn(look), ...linkedInMessagesIn(look), ...invitationsIn(look)];
    const recent = touches.find(({ sent_at }) => isRecent(sent_at, scene));
    if (recent) {
      const who = 'from' in recent ? recent.from : 'One of us';
      return nothing(`${who} already wrote to ${name} on ${recent.sent_at.slice(0, 10)}.`);
    }
  }
  return null;
}

/** Within the last two weeks. Without a clock, always: better quiet than twice. */
function isRecent(sentAt: string, { now }: Scene): boolean {
  return now == null || now - Date.parse(sentAt) < QUIET_DAYS * DAY_MS;
}
