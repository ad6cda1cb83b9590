import { type Ask, type Flow, look } from './flow.ts';
import { type Contact, contactsIn, totalIn } from './observations.ts';
import { askBack, handOver, nothing, type Report } from './report.ts';
import { lookWithClock, type Scene } from './scene.ts';
import { whichOne } from './wording.ts';

/** What is known of whom a task is about. */
export type Particulars = {
  email?: string | null;
  name: string | null;
  company: string | null;
  title?: string | null;
};

/** The rows of one person in the CRM; more than one where it holds the person twice. */
export type Person = readonly [Contact, ...Contact[]];

/** The one person whom the particulars fit, or why there is none. */
export function* findPerson(wanted: Particulars, scene: Scene): Flow<Person | Report> {
  const query = wanted.email ?? wanted.name ?? wanted.company;
  if (!query) return askBack('Whom is it about?');
  const search = yield* lookWithClock(scene, searchContacts(query));
  if (search.failure) return handOver(`The CRM does not answer for ${query} (${search.failure.message}).`);
  const shown = contactsIn(search);
  const hidden = (totalIn(search) ?? 0) - shown.length;
  const persons = personsOf(fitting(wanted, shown));
  if (persons.length > 1) return askBack(whichOne(persons.map(([contact]) => contact)));
  const [person] = persons;
  if (hidden > 0 && !(person && wanted.company && wanted.name)) {
    const [narrower] = [wanted.company, wanted.name].filter((words) => words && words !== query);
    if (!person && narrower) return yield* otherWording(wanted, query, narrower);
    return askBack(
      `The CRM has ${shown.length + hidden} contacts for "${query}" and shows ${shown.length}: ${whichOne(shown)}`,
    );
  }
  return person ?? (yield* notFound(wanted, query, scene));
}

function searchContacts(query: string): Ask {
  return { tool: 'search_contacts', arguments: { query } };
}

/** The contacts that all given particulars fit. */
function fitting({ email, name, company, title }: Particulars, contacts: Contact[]): Contact[] {
  const fits = (wanted: string | null | undefined, found: string | null | undefined) =>
    !wanted || fold(found ?? '').includes(fold(wanted));
  return contacts.filter(
    (contact) =>
      fits(email, contact.email) &&
      fits(company, contact.company) &&
      (email || fits(name, contact.name)) &&
      fits(title, contact.title),
  );
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Rows with one address are of one person. */
export function personsOf(contacts: readonly Contact[]): Person[] {
  const byPerson = Map.groupBy(contacts, ({ id, email }) => email?.toLowerCase() ?? id);
  return [...byPerson.values()].flatMap(([first, ...others]) => (first ? [[first, ...others] as const] : []));
}

function* otherWording(wanted: Particulars, query: string, words: string): Flow<Person | Report> {
  const [search] = yield* look(searchContacts(words));
  const near = contactsIn(search);
  const persons = personsOf(fitting({ ...wanted, email: null }, near));
  const [person, ...others] = persons;
  if (person && others.length === 0 && !wanted.email) return person;
  if (near.length > 0) return askBack(`I found no contact for "${query}". ${whichOne(near)}`);
  return nothing(`I found no contact for "${query}" in the CRM.`);
}

/** One other wording, then the end of it; with the fault `loops`, the same search for ever. */
function* notFound(wanted: Particulars, query: string, scene: Scene): Flow<Person | Report> {
  while (scene.misbehaves('loops')) yield* look(searchContacts(query));
  const other = [wanted.name, wanted.company, wanted.name?.split(' ').at(-1)].find(
    (words) => words && words !== query,
  );
  if (other) return yield* otherWording(wanted, query, other);
  return nothing(`I found no contact for "${query}" in the CRM.`);
}

/** Whether a result is a person and not a report. */
export function isPerson(found: Person | Report): found is Person {
  return Array.isArray(found);
}
