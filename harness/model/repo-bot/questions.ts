import { itemsOf, type Sections } from './message.ts';
import { otherWordsFor } from './thesaurus.ts';
import { contentWords, wordsOf } from './words.ts';

const MOST = 8;

/** Questions that a file answers, from its path, its exports and the first sentences of its comments. */
export function questionsFor(sections: Sections): string[] {
  const path = (sections.get('Path') ?? '').replace(/\.\w+$/, '');
  const place = contentWords(path).filter((word) => !COMMON.has(word));
  const alike = [...new Set(place.flatMap(otherWordsFor))].slice(0, 10);
  const exported = itemsOf(sections.get('Exports'));
  return [
    `Where is ${place.join(' ')} handled?`,
    ...(alike.length > 0 ? [`Which file is about ${alike.join(', ')}?`] : []),
    ...sentencesOf(sections.get('Text') ?? '').map((sentence) => `Which file does this: ${sentence}?`),
    ...exported.map((name) => {
      const other = [...new Set(contentWords(name).flatMap(otherWordsFor))].slice(0, 4);
      return `How does one ${wordsOf(name).join(' ')}${other.length > 0 ? ` (${other.join(', ')})` : ''}?`;
    }),
  ].slice(0, MOST);
}

const COMMON = new Set(['dist', 'src', 'lib', 'index', 'core', 'utils', 'helper']);

/** The first sentences of doc comments, without tags and examples. */
function sentencesOf(text: string): string[] {
  return [...text.matchAll(/\/\*\*([\s\S]*?)\*\//g)]
    .flatMap(([, comment = '']) => {
      const plain = comment.replace(/^\s*\* ?/gm, '').split(/^@|```/m)[0] ?? '';
      const sentence = /[A-Z][^.]{15,140}(?=\.|\n\n|$)/.exec(plain)?.[0];
      return sentence ? [sentence.replaceAll(/\s+/g, ' ').trim()] : [];
    })
    .slice(0, 3);
}
