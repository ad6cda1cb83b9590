import { itemsOf, type Sections, titleOf } from './message.ts';
import { contentWords, likeness } from './words.ts';

/** From here on two titles ask for the same. */
const SAME = 0.5;
/** With fewer words that mean something nobody could begin. */
const FEWEST_WORDS = 9;

const SENSITIVE =
  /\b(?:vulnerabilit\w+|exploit\w*|CVE-\d+|security (?:hole|issue|problem)|attacker|remote code execution|bypass(?:es|ed)? (?:the )?auth\w*)\b/i;
/** A package: `@scope/name`, or a name with a dash. */
const PACKAGE = /`(@[\w-]+\/[\w.-]+|[a-z][\w]*(?:-[\w]+)+)`/g;
const OTHER = /^#(\d+) \((\w+)\) (.+)$/;

/** Decides by what is written: the issue, the titles around it, and what the repository is. */
export function judge(sections: Sections) {
  const request = sections.get('Request') ?? '';
  const title = titleOf(request);
  const summary = `${title.replace(/[.?!]$/, '')}.`;
  const others = [
    ...itemsOf(sections.get('Other issues')),
    ...itemsOf(sections.get('Pull requests')),
  ].flatMap((item) => {
    const [, number, state, text] = OTHER.exec(item) ?? [];
    return number && state && text ? [{ number: Number(number), state, alike: likeness(title, text) }] : [];
  });
  const related = others.filter(({ alike }) => alike >= 0.2).map(({ number }) => number);
  const same = others.filter(({ alike }) => alike >= SAME);
  const verdict = (kind: string, reason: string, numbers = related, question: string | null = null) => ({
    verdict: kind,
    summary,
    reason,
    related: numbers,
    question,
  });

  if (SENSITIVE.test(request))
    return verdict('sensitive', 'it describes a weakness that should not be discussed in public.');
  const foreign = foreignPackage(request, sections);
  if (foreign) return verdict('elsewhere', `it is about ${foreign}, which is not in this repository.`);
  const done = same.find(({ state }) => state === 'merged' || state === 'closed');
  if (done) return verdict('done', `#${done.number} has the same title and is ${done.state}.`, [done.number]);
  const twin = same.find(({ state }) => state === 'open');
  if (twin) return verdict('duplicate', `#${twin.number} has the same title.`, [twin.number]);
  if (contentWords(request).length < FEWEST_WORDS) {
    const question = 'What should it do that it does not do now, and in which situation?';
    return verdict('unclear', 'it does not say what should be different.', related, question);
  }
  return verdict('feature', 'it asks for a change of this code.');
}

/** A package that the request is about and of which nothing in the repository speaks. */
function foreignPackage(request: string, sections: Sections): string | null {
  const home = `${sections.get('Repository')}\n${sections.get('Folders')}`.toLowerCase();
  for (const [, name = ''] of titleOf(request).matchAll(PACKAGE)) {
    if (!home.includes(name.toLowerCase())) return name;
  }
  return null;
}
