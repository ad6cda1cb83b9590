import { itemsOf, type Sections, titleOf } from './message.ts';
import { otherWordsFor } from './thesaurus.ts';
import { contentWords } from './words.ts';

const MOST = 10;
const NOT_SOURCE = /(?:^|\/)(?:readme|license|changelog|package\.json|contributing)\b/i;

/** Keeps the order of the search, without what is no source, and gives the words that speak for a file. */
export function rankCandidates(sections: Sections) {
  const words = contentWords(sections.get('Request') ?? '');
  const files = itemsOf(sections.get('Candidates')).flatMap((item) => {
    const [path = '', ...facts] = item.split(' | ');
    return NOT_SOURCE.test(path) ? [] : [{ path, reason: reasonFor(words, path, facts) }];
  });
  return { files: files.slice(0, MOST) };
}

function reasonFor(words: readonly string[], path: string, facts: readonly string[]): string {
  const own = contentWords(`${path} ${facts.join(' ')}`);
  const shared = words.filter(
    (word) => own.includes(word) || otherWordsFor(word).some((other) => own.includes(other)),
  );
  const exported = facts.find((fact) => fact.startsWith('exports '));
  if (shared.length > 0) return `speaks of ${shared.slice(0, 4).join(', ')}`;
  return exported ?? 'its text is alike';
}

const DECLARED = /(?:function\*?|class|const|let)\s+([A-Za-z_$][\w$]*)/g;

/** The declarations of each file whose names have most in common with the request. */
export function notePlaces(sections: Sections) {
  const request = sections.get('Request') ?? '';
  const words = contentWords(`${titleOf(request)} ${request}`);
  const wanted = new Set([...words, ...words.flatMap(otherWordsFor)]);
  const files = (sections.get('Files') ?? '').split(/^## /m).slice(1);
  const places = files.map((file) => {
    const path = titleOf(file).trim();
    const names = [...new Set([...file.matchAll(DECLARED)].map(([, name = '']) => name))];
    const scored = names
      .map((name) => ({ name, score: contentWords(name).filter((word) => wanted.has(word)).length }))
      .filter(({ name, score }) => score > 0 && name.length > 3)
      .sort((a, b) => b.score - a.score);
    return { path, names: scored.slice(0, 3).map(({ name }) => name), note: '' };
  });
  return { places };
}
