import { z } from 'zod';
import { type Bag, bagOf } from './terms.ts';

/** `cookie*3 sign parse*2`: a bag of terms as one text. */
const BagText = z.string().transform((text): Bag => {
  const terms = text.split(' ').filter((term) => term !== '');
  return new Map(
    terms.map((term) => {
      const [word = '', count = '1'] = term.split('*');
      return [word, Number(count)];
    }),
  );
});

const IndexedFile = z.object({
  path: z.string(),
  /** Names that other files may import. */
  exports: z.array(z.string()),
  /** Files of the repository that it imports. */
  imports: z.array(z.string()),
  /** What somebody may ask to whom this file is the answer: written by a model when the index was made. */
  questions: z.array(z.string()),
  /** The terms of each stretch of its lines. */
  chunks: z.array(BagText),
});
export type IndexedFile = z.output<typeof IndexedFile>;

/** What is known ahead of a repository at one commit. */
export const RepositoryIndex = z.object({
  version: z.literal(1),
  repository: z.string(),
  /** The commit that was indexed. */
  head: z.string(),
  /** The model that wrote the questions. */
  model: z.string(),
  files: z.array(IndexedFile),
});
export type RepositoryIndex = z.output<typeof RepositoryIndex>;
/** As it lies in a file. */
export type StoredIndex = z.input<typeof RepositoryIndex>;

export function bagText(text: string): string {
  return [...bagOf(text)].map(([term, count]) => (count === 1 ? term : `${term}*${count}`)).join(' ');
}

/** `honojs--hono.json` */
export function indexFileName(repository: string): string {
  return `${repository.replace('/', '--')}.json`;
}
