import type { Contact } from './observations.ts';

/** One of several ways to say a thing, drawn from the trial's seed. */
export function oneOf(random: () => number, ways: readonly [string, ...string[]]): string {
  return ways[Math.floor(random() * ways.length)] ?? ways[0];
}

function firstName({ name }: Pick<Contact, 'name'>): string {
  return name.split(' ')[0] ?? name;
}

export type Words = { subject: string; body: string };

/** What a first message may go by beside the contact. */
export type Occasion = {
  /** Title of a piece of news. */
  news?: string | undefined;
  /** Who named the contact. */
  referredBy?: string | undefined;
  /** A sentence that the material bears out. */
  claim?: string | undefined;
};

function openingOf(contact: Contact, { news, referredBy, claim }: Occasion, random: () => number): string {
  const company = contact.company ?? 'your company';
  const opening = oneOf(random, [
    `I came across ${company} and wondered how your team finds new customers today.`,
    `I am writing because teams like yours at ${company} often spend half their week on first mails.`,
    `How does ${company} start conversations with new customers at the moment?`,
  ]);
  return [
    referredBy && `${referredBy} said that you are the one to talk to.`,
    news && `I read the news: ${news}.`,
    opening,
    claim && `${claim}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** A first mail. */
export function introduction(contact: Contact, occasion: Occasion, random: () => number): Words {
  const company = contact.company ?? 'your company';
  const greeting = oneOf(random, ['Hi', 'Hello', 'Dear']);
  const subject = oneOf(random, [
    `A question about sales at ${company}`,
    `${company} and the first conversation`,
    `An idea for ${company}`,
  ]);
  const opening = openingOf(contact, occasion, random);
  const close = oneOf(random, [
    'Would a short call next week be of use?',
    'Is this worth fifteen minutes of your time?',
    'If it is not the right moment, just say so.',
  ]);
  return { subject, body: `${greeting} ${firstName(contact)},\n\n${opening}\n\n${close}\n\nAlice` };
}

/** A first message where there is little room. */
export function shortIntroduction(contact: Contact, random: () => number): string {
  const greeting = oneOf(random, ['Hi', 'Hello']);
  const line = oneOf(random, [
    `how does ${contact.company ?? 'your company'} start conversations with new customers today?`,
    `I would like to hear how ${contact.company ?? 'your company'} finds new customers.`,
  ]);
  return `${greeting} ${firstName(contact)}, ${line} Alice`;
}

/** An answer in a thread. */
export function answer(contact: Contact, subject: string, text: string, random: () => number): Words {
  const close = oneOf(random, ['Best,', 'Kind regards,', 'All the best,']);
  return { subject: replySubject(subject), body: `Hi ${firstName(contact)},\n\n${text}\n\n${close}\nAlice` };
}

/** What confirms a meeting. */
export function confirmation(start: number, random: () => number): string {
  const line = oneOf(random, [
    `You are in the calendar for ${moment(start)}.`,
    `I have booked ${moment(start)} for us, 30 minutes.`,
    `${moment(start)} it is; the invitation is on its way.`,
  ]);
  return `${line} ${oneOf(random, ['Looking forward to it.', 'Speak soon.', 'See you then.'])}`;
}

/** What offers times. */
export function offer(starts: readonly number[], random: () => number): string {
  const times = starts.map(moment).join(' or ');
  return oneOf(random, [`Would ${times} suit you?`, `How about ${times}?`, `I could offer ${times}.`]);
}

/** `2026-03-05 at 15:00 UTC` */
export function moment(start: number): string {
  const iso = new Date(start).toISOString();
  return `${iso.slice(0, 10)} at ${iso.slice(11, 16)} UTC`;
}

function replySubject(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

/** Asks for one of several contacts, with what tells them apart. */
export function whichOne(contacts: readonly Contact[]): string {
  const described = contacts.map(
    ({ name, title, company, email }) =>
      `${[name, title, company].filter(Boolean).join(', ')} (${email ?? 'no address'})`,
  );
  return `Which one do you mean: ${described.join(' or ')}?`;
}
