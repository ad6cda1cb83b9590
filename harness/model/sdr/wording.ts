import type { ChatMove } from '../simulated-model.ts';
import type { Contact } from './observations.ts';

/** One of several ways to say a thing, drawn from the trial's seed. */
function oneOf(random: () => number, ways: readonly [string, ...string[]]): string {
  return ways[Math.floor(random() * ways.length)] ?? ways[0];
}

function firstName({ name }: Pick<Contact, 'name'>): string {
  return name.split(' ')[0] ?? name;
}

export type Words = { subject: string; body: string };

/** A first mail. */
export function introduction(contact: Contact, random: () => number): Words {
  const company = contact.company ?? 'your company';
  const greeting = oneOf(random, ['Hi', 'Hello', 'Dear']);
  const subject = oneOf(random, [
    `A question about sales at ${company}`,
    `${company} and the first conversation`,
    `An idea for ${company}`,
  ]);
  const opening = oneOf(random, [
    `I came across ${company} and wondered how your team finds new customers today.`,
    `I am writing because teams like yours at ${company} often spend half their week on first mails.`,
    `How does ${company} start conversations with new customers at the moment?`,
  ]);
  const close = oneOf(random, [
    'Would a short call next week be of use?',
    'Is this worth fifteen minutes of your time?',
    'If it is not the right moment, just say so.',
  ]);
  return { subject, body: `${greeting} ${firstName(contact)},\n\n${opening}\n\n${close}\n\nAlice` };
}

/** The mail that confirms a meeting. */
export function confirmation(contact: Contact, subject: string, start: string, random: () => number): Words {
  const when = `${start.slice(0, 10)} at ${start.slice(11, 16)} UTC`;
  const line = oneOf(random, [
    `You are in the calendar for ${when}.`,
    `I have booked ${when} for us, 30 minutes.`,
    `${when} it is; the invitation is on its way.`,
  ]);
  const close = oneOf(random, ['Looking forward to it.', 'Speak soon.', 'See you then.']);
  return {
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    body: `Hi ${firstName(contact)},\n\n${line} ${close}\n\nAlice`,
  };
}

/** The last word to whoever gave the task: what it comes to, then a sentence that says what or why. */
export const report = {
  done: (what: string, random: () => number) => say(random, ['Done.', 'All set.', 'Finished.'], what),
  nothing: (why: string, random: () => number) =>
    say(random, ['I did nothing.', 'I left it alone.', 'I wrote to nobody.'], why),
  handOver: (why: string, random: () => number) =>
    say(random, ['I am handing this over to a person.', 'I hand this over to a person.'], why),
  ask: (question: string, random: () => number) =>
    say(random, ['I did nothing yet.', 'One question first.'], question),
};

function say(random: () => number, openings: readonly [string, ...string[]], rest: string): ChatMove {
  return { text: `${oneOf(random, openings)} ${rest}` };
}

/** Asks for one of several contacts, with what tells them apart. */
export function whichOne(contacts: readonly Contact[]): string {
  const described = contacts.map(
    ({ name, title, company, email }) =>
      `${[name, title, company].filter(Boolean).join(', ')} (${email ?? 'no address'})`,
  );
  return `Which one do you mean: ${described.join(' or ')}?`;
}
