import { handsOver } from '../domain/hands-over.ts';
import type { PackCheck } from '../harness/index.ts';

/** That what is said is about the matter. */
export const TO_THE_POINT = { name: 'to-the-point', version: 3 };

/**
 * What says that work goes on, waits or is left, whatever the matter, and what is said to thanks. A bare `I did nothing.`
 * is none.
 */
const COURTESY =
  /\b(?:on it|under way|one moment|right away|go on|leave it|left it|(?<!^I did )nothing|welcome|any time)\b|^\s*\p{L}+(?: \p{L}+)?\.?\s*$/iu;

/** What stands in any sentence and any apology, whatever the matter: they may well have said it too. By four letters. */
const OF_NO_MATTER = new Set(
  (
    'sorr apol unfo cann unab help assi that with have this from will your been they them what when then than here ' +
    'ther some more only also just does were wher whic coul woul shou abou into'
  ).split(' '),
);

/**
 * Each thing that whoever gave the task is told is about the matter: it has a word of theirs or of what the services
 * answered, unless it is a courtesy, a `Done.`, or hands over.
 */
export const toThePoint: PackCheck = {
  version: TO_THE_POINT.version,
  check({ turns, calls }) {
    const theirs = turns.flatMap(({ from, text }) => (from === 'user' ? [text] : []));
    const matter = matterOf([...theirs, ...calls.map(({ response }) => JSON.stringify(response))]);
    return turns.flatMap(({ from, text }) => {
      const isCourtesy = COURTESY.test(text) || handsOver(text);
      if (from !== 'agent' || isCourtesy || isAbout(matter, text)) return [];
      const message = 'expected a word of the matter in what it says, got none';
      return [{ message, expected: null, actual: text, spanId: null }];
    });
  },
};

/** What these texts are about: names, numbers and words of three letters or more, each by its beginning. */
export function matterOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => beginnings(text, /.{3}|\d/)));
}

/**
 * Whether a text has a word of the matter. Of its own words count names, numbers, and those of four letters or more but
 * such as stand anywhere, each by its beginning, so that `stopped` answers to `stop`.
 */
export function isAbout(matter: ReadonlySet<string>, text: string): boolean {
  return beginnings(text, /^\p{Lu}\p{L}{2}|\d|.{4}/u).some(
    (word) => !OF_NO_MATTER.has(word) && matter.has(word),
  );
}

/** The first four letters of each word that counts. */
function beginnings(text: string, counts: RegExp): string[] {
  const words = text.match(/[\p{L}\d]+/gu) ?? [];
  return words.filter((word) => counts.test(word)).map((word) => word.slice(0, 4).toLowerCase());
}
