import { eventsOf, openDesk, viewOfDay } from './calendar.ts';
import { describeTime, readTimes } from './local-time.ts';
import { personMeant } from './names.ts';
import { findPerson, search } from './people.ts';
import { perform } from './perform.ts';
import { mailsIn, pagesIn, peopleIn } from './rows.ts';
import { andThen, end, have, read, type Scene, type Step } from './scene.ts';
import type { Outcome } from './schedule.ts';

/** Says what is in the calendar on a day. */
export function agenda(words: string, scene: Scene): Step<Outcome> {
  return andThen(openDesk(scene), (desk) => {
    const day = readTimes(words, desk.today).day ?? desk.today;
    return andThen(eventsOf(viewOfDay(day, desk), scene), (events) => {
      if (events.length === 0) return have({ text: 'There is nothing in your calendar then.' });
      const list = events.map(
        ({ title, start }) => `${title} (${describeTime(desk.preferences.zone, start)})`,
      );
      return have({ text: `In your calendar: ${list.join(', ')}.` });
    });
  });
}

/** Gathers what address book, mail and web say of a person, side by side. */
export function research(words: string, scene: Scene): Step<Outcome> {
  const { names, company } = personMeant(words);
  const [name] = names;
  if (!name) return end('Of whom shall I find out more?');
  const uses = [
    search(name),
    { tool: 'search_mail', arguments: { word: name.split(' ').at(-1) ?? name } },
    { tool: 'web_search', arguments: { query: name } },
  ];
  return andThen(read(scene, ...uses), ([, mail, web]) => {
    const mails = mail ? mailsIn(mail) : [];
    const pages = web ? pagesIn(web) : [];
    const about = pages.slice(0, 2).map(({ description }) => firstSentence(description));
    const [latest] = mails;
    const lately = latest ? [`The last mail, "${latest.subject}", says: ${firstSentence(latest.body)}`] : [];
    const tell = (who: string) => have({ text: [who, ...about, ...lately].join(' ') });
    const people = scene.seen.filter(({ tool }) => tool === 'search_contacts').flatMap(peopleIn);
    if (people.length === 0)
      return about.length + lately.length > 0
        ? tell(`${name}:`)
        : have({ text: `I found nothing about ${name}.` });
    return andThen(findPerson(name, company, scene), ({ name: full, title, company: firm }) =>
      tell(`${full}${firm ? ` is ${title ?? ''} at ${firm}` : ''}.`),
    );
  });
}

function firstSentence(text: string): string {
  return /^[^.!?\n]*[.!?]/.exec(text.trim())?.[0] ?? text.trim();
}

/** Adds a person to the address book, who is not in it yet. */
export function saveContact(words: string, scene: Scene): Step<Outcome> {
  const { names } = personMeant(words.replace(/\b(?:number|contact)s?\b/gi, ' '));
  const [name] = names;
  const phone = phoneIn(words);
  if (!name) return end('Under which name shall I save it?');
  if (phone === null) return end(`Which number shall I save for ${name}?`);
  return andThen(read(scene, search(name)), ([found]) => {
    const attempted = scene.seen.some(({ tool }) => tool === 'add_contact');
    const known = (found ? peopleIn(found) : []).find((person) => person.name === name);
    if (known && !attempted) {
      return known.phone === phone
        ? have({ text: `${name} is in your address book already, with that number.` })
        : end(`${name} is in your address book with the number ${known.phone ?? 'none'}. Shall I change it?`);
    }
    const note = /\bthe (\p{L}+)/u.exec(words)?.[1];
    const person = { name, phone, ...(note && !/number|address|contacts/.test(note) ? { note } : {}) };
    const write = {
      tool: 'add_contact',
      arguments: person,
      isThis: (args: Record<string, unknown>) => args.name === name,
      check: search(name),
      holds: (list: Parameters<typeof peopleIn>[0]) => peopleIn(list).some((each) => each.name === name),
    };
    return andThen(perform(write, scene), (done) =>
      done.kind === 'done'
        ? have({ text: `${name} is in your address book now, ${phone}.` })
        : end(`I hand this over to you: I may not add people (${done.message}).`),
    );
  });
}

/** Changes the number of a person. */
export function changeContact(words: string, scene: Scene): Step<Outcome> {
  const { names, company } = personMeant(words);
  const phone = phoneIn(words);
  const [name] = names;
  if (!name) return end('Whose number is it?');
  if (phone === null) return end(`What is the new number of ${name}?`);
  return andThen(findPerson(name, company, scene), (person) => {
    const attempted = scene.seen.some(({ tool }) => tool === 'update_contact');
    if (person.phone === phone && !attempted)
      return have({ text: `${person.name} has that number already.` });
    const write = {
      tool: 'update_contact',
      arguments: { contact_id: person.id, phone },
      isThis: () => true,
      check: search(name),
      holds: (list: Parameters<typeof peopleIn>[0]) =>
        peopleIn(list).some((each) => each.id === person.id && each.phone === phone),
    };
    return andThen(perform(write, scene), (done) =>
      done.kind === 'done'
        ? have({ text: `The number of ${person.name} is ${phone} now.`, person })
        : end(`I may not change the address book (${done.message}); I hand this over to you.`),
    );
  });
}

function phoneIn(words: string): string | null {
  const found = /\+\d[\d ()-]{5,20}\d/.exec(words)?.[0];
  return found ? found.replace(/[ ()-]/g, '') : null;
}
