import { findPeople } from './people.ts';
import { perform } from './perform.ts';
import { type Person, sentMailsIn, textsIn } from './rows.ts';
import { andThen, end, have, oneOf, read, type Scene, type Step } from './scene.ts';
import type { Outcome } from './schedule.ts';

/** Texts each person who is meant, once. `before`: what the wants before it came to. */
export function sendTexts(words: string, before: readonly Outcome[], scene: Scene): Step<Outcome> {
  return andThen(recipients(words, before, scene), (people) => {
    if (people.length === 0) return end('Whom shall I text?');
    const without = people.find(({ phone }) => phone === null);
    if (without)
      return end(
        `There is no phone number of ${without.name} in your address book, so I sent nothing. Shall I mail instead?`,
      );
    const body = bodyOf(words, before);
    if (body === null) return end(`What shall I tell ${people.map(({ name }) => name).join(' and ')}?`);
    for (const { name, phone } of people) {
      const to = phone ?? '';
      const step = perform(
        {
          tool: 'send_text',
          arguments: { to, body },
          isThis: (args) => args.to === to,
          check: { tool: 'list_texts', arguments: { to } },
          holds: (list) => textsIn(list).some((text) => text.body === body),
        },
        scene,
      );
      if (step.kind !== 'have') return step;
      if (step.value.kind === 'refused')
        return end(`I hand this over to you: I may not text ${name} (${step.value.message}).`);
    }
    const names = people.map(({ name }) => name).join(' and ');
    return have({
      text: `${oneOf(scene.random, 'I texted', 'Sent to', 'The text went to')} ${names}: "${body}"`,
      person: people[0],
    });
  });
}

/** Mails the person who is meant, in the thread that was read before, where one was. */
export function sendMail(words: string, before: readonly Outcome[], scene: Scene): Step<Outcome> {
  return andThen(recipients(words, before, scene), ([person]) => {
    if (!person) return end('Whom shall I mail?');
    const { email, name } = person;
    if (email === null)
      return end(
        `There is no e-mail address of ${name} in your address book, so I sent nothing. Which one shall I use?`,
      );
    const body = bodyOf(words, before);
    if (body === null) return end(`What shall I write to ${name}?`);
    const threaded = before.findLast(({ threadId }) => threadId);
    const subject = threaded?.subject ? `Re: ${threaded.subject.replace(/^re: /i, '')}` : subjectOf(words);
    const step = perform(
      {
        tool: 'send_mail',
        arguments: {
          to: email,
          subject,
          body: `Hi ${name.split(' ')[0]},\n\n${body}`,
          ...(threaded?.threadId ? { thread_id: threaded.threadId } : {}),
        },
        isThis: ({ to }) => to === email,
        check: { tool: 'list_sent_mail', arguments: { to: email } },
        holds: (list) => sentMailsIn(list).some((mail) => mail.body.includes(body)),
      },
      scene,
    );
    return andThen(step, (done) =>
      done.kind === 'done'
        ? have({ text: `I mailed ${name}.`, person })
        : end(`I hand this over to you: the mail was refused (${done.message}).`),
    );
  });
}

/** Tells what texts came in. */
export function readTexts(words: string, scene: Scene): Step<Outcome> {
  return andThen(findPeople(words, scene), ([person]) => {
    const from = person?.phone ? { from: person.phone } : {};
    return andThen(read(scene, { tool: 'list_texts', arguments: from }), ([list]) => {
      const texts = (list ? textsIn(list) : []).filter(
        (text) => !person?.phone || text.from === person.phone,
      );
      if (texts.length === 0)
        return have({ text: `There are no texts${person ? ` from ${person.name}` : ''}.` });
      const quoted = texts.slice(0, 3).map(({ body }) => `"${body}"`);
      return have({
        text: `${person ? `${person.name} wrote` : 'These came in'}: ${quoted.join(', ')}`,
        person,
      });
    });
  });
}

/** Those who are named; else the one of whom was spoken before. */
function recipients(words: string, before: readonly Outcome[], scene: Scene): Step<Person[]> {
  return andThen(findPeople(words, scene), (people) => {
    if (people.length > 0) return have(people);
    const known = before.findLast(({ person }) => person)?.person;
    return have(known ? [known] : []);
  });
}

/** What is to be said, in the owner's voice; `null` where the words do not tell. */
function bodyOf(words: string, before: readonly Outcome[]): string | null {
  const [line = ''] = words.split('\n');
  const told = /\b(?:that|saying)\s+(.+)$/is.exec(line)?.[1] ?? /:\s*["“]?(.+?)["”]?$/s.exec(line)?.[1];
  const when = before.findLast((outcome) => outcome.when)?.when;
  if (told) return sentence(told);
  if (/\bapolog/i.test(line))
    return `I am sorry, but I have to cancel our appointment${when ? ` on ${when}` : ''}. I hope we find another time soon.`;
  if (when && /\bcancel/i.test(before.map(({ text }) => text).join(' ')))
    return `Our appointment on ${when} has to be cancelled, sorry.`;
  if (when) return `We meet on ${when}.`;
  return null;
}

function sentence(text: string): string {
  const trimmed = text.trim().replace(/[.!]*$/, '');
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}.`;
}

function subjectOf(words: string): string {
  if (/\bapolog/i.test(words)) return 'Sorry about our appointment';
  return 'A short note';
}
