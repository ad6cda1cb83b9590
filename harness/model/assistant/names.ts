import { withoutMessage } from './wants.ts';

const RUN = /\p{Lu}[\p{L}\d'’&-]*(?:[ \t]+(?:\p{Lu}[\p{L}\d'’&-]*|&))*/gu;
/** Capitalised without being a name. */
const NOT_NAMES = new Set(
  `i i'm i'll the a an and not no ok please thanks actually my we dr mr mrs ms new what who when where can could would
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
  october november december utc gmt am pm text send sms message mail email e-mail write answer reply confirm cancel move
  reschedule push book schedule set block put save add change update check read find look pay buy order tell let stop
  never forget make rather instead handed clarification hold wait it is tomorrow today arrange brief`.split(
    /\s+/,
  ),
);

/** The names in a text, in order; `company` stands behind "at". */
export function readNames(text: string): { people: string[]; companies: string[] } {
  const people: string[] = [];
  const companies: string[] = [];
  for (const match of text.matchAll(RUN)) {
    const words = match[0].split(/\s+/);
    while (words[0] && NOT_NAMES.has(words[0].toLowerCase())) words.shift();
    while (words.length > 0 && NOT_NAMES.has((words.at(-1) ?? '').toLowerCase())) words.pop();
    const name = words.join(' ').replace(/['’]s$/, '');
    if (name === '') continue;
    const after = text.slice(match.index + match[0].length);
    if (/^ time\b/.test(after)) continue;
    const before = text.slice(0, match.index);
    if (/\bat (?:the )?$/i.test(before)) companies.push(name);
    else people.push(name);
  }
  return { people, companies };
}

/** Who is meant: the last correction counts. */
export function personMeant(words: string): { names: string[]; company: string | null } {
  const [request = '', ...feedback] = words.split('\n');
  const first = readNames(withoutMessage(request));
  let { people: names } = first;
  let company = first.companies.at(-1) ?? null;
  for (const line of feedback) {
    const corrected = readNames(/\bI meant\b(.*)/i.exec(line)?.[1] ?? line.replace(/\bnot\b[^,.;]*/i, ''));
    if (/\bI meant\b/i.test(line) && corrected.people.length > 0) names = corrected.people;
    company = corrected.companies.at(-1) ?? company;
  }
  return { names: [...new Set(names)], company };
}
