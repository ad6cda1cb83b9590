import { itemsOf, type Sections, titleOf } from './message.ts';
import { otherWordsFor } from './thesaurus.ts';
import { camelCase, contentWords, rootOf } from './words.ts';

/**
 * Supposes what would answer a request, from its words alone: a ticket in other words, a question, the description of a
 * file and a piece of code with made-up names. Folders are chosen by name where they are told.
 */
export function supposeAnswers(sections: Sections) {
  const request = sections.get('Request') ?? '';
  const title = contentWords(titleOf(request));
  const all = contentWords(request);
  const others = [...new Set(title.flatMap(otherWordsFor))];
  const further = [...new Set(all.flatMap(otherWordsFor))].slice(0, 24);
  const roots = new Set([...all, ...others].map(rootOf));
  const folders = itemsOf(sections.get('Folders')).filter((folder) =>
    contentWords(folder).some((word) => roots.has(rootOf(word))),
  );
  return {
    ticket: `${titleOf(request)}. Components: ${[...title, ...others].join(', ')}.`,
    question: `Where is ${title.join(' ')} handled, and which function does the ${others.slice(0, 6).join(' or ')}?`,
    description: `A module for ${all.slice(0, 12).join(' ')}: ${further.join(' ')}. In ${folders.slice(0, 6).join(', ') || 'the sources'}.`,
    code: codeOf(title, others),
    search_words: pairs(title).slice(0, 3),
  };
}

/** Code that would do it, with names made of neighbouring words of the title. */
function codeOf(title: readonly string[], others: readonly string[]): string {
  const names = pairs(title).map((pair) => camelCase(pair.split(' ')));
  const options = others.slice(0, 8).map((word) => `  ${word},`);
  return [
    `export function ${camelCase(title.slice(0, 3))}(options) {`,
    `  const {`,
    ...options,
    `  } = options;`,
    ...names.map((name) => `  ${name}(options);`),
    `}`,
  ].join('\n');
}

function pairs(words: readonly string[]): string[] {
  return words.slice(0, -1).map((word, place) => `${word} ${words[place + 1]}`);
}
