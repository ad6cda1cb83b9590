import { personMeant } from './names.ts';
import { type Person, peopleIn } from './rows.ts';
import { andThen, end, have, read, type Scene, type Step, type ToolUse } from './scene.ts';

export function search(name: string): ToolUse {
  return { tool: 'search_contacts', arguments: { query: name } };
}

/** The one person of the address book who is meant. Asks where several are, ends where nobody is. */
export function findPerson(name: string, company: string | null, scene: Scene): Step<Person> {
  return andThen(read(scene, search(name)), ([found]) => {
    const people = found ? peopleIn(found) : [];
    const fitting = company === null ? people : people.filter((person) => isOf(person, company));
    const [person, ...others] = fitting.length > 0 ? fitting : people;
    if (!person)
      return end(`I found nobody called ${name} in your address book, so I did nothing. Who is it?`);
    if (others.length > 0)
      return end(
        `There are several: ${[person, ...others].map(describe).join(' or ')}. Which one do you mean?`,
      );
    return have(person);
  });
}

function isOf({ company, note, title }: Person, wanted: string): boolean {
  return [company, note, title].some((text) => text?.toLowerCase().includes(wanted.toLowerCase()));
}

function describe({ name, title, company, note }: Person): string {
  return [name, [title, company].filter(Boolean).join(' at ') || note].filter(Boolean).join(', ');
}

/** All who are meant, looked up side by side. */
export function findPeople(words: string, scene: Scene): Step<Person[]> {
  const { names, company } = personMeant(words);
  if (names.length === 0) return have([]);
  return andThen(read(scene, ...names.map(search)), () => {
    const people: Person[] = [];
    for (const name of names) {
      const step = findPerson(name, company, scene);
      if (step.kind !== 'have') return step;
      people.push(step.value);
    }
    return have(people);
  });
}
