import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';

const columns = z.object({ words_of_terms: z.array(z.array(z.string())) });

/** The words of each term. */
export const searchWords: Query<{ terms: readonly string[] }, typeof columns, string[][]> = {
  sql: readSql('search-words.sql', import.meta.dirname),
  columns,
  toValue: ({ words_of_terms }) => words_of_terms,
};
