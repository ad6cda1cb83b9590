import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { defineOperation } from '../define-operation.ts';
import type { Service } from '../service.ts';
import { fold } from './answers.ts';

const MOST_RESULTS = 10;

const Result = z.looseObject({ title: z.string(), url: z.string(), description: z.string() });

function score({ title, description }: Row, words: readonly string[]): number {
  const text = fold(`${String(title)} ${String(description)}`);
  return words.filter((word) => text.includes(word)).length;
}

const search = defineOperation({
  id: 'web.search',
  method: 'GET',
  path: '/web/search',
  summary: 'Pages of the web that have most words of the query, best first',
  query: z.object({ q: z.string().trim().min(1) }),
  replies: { 200: z.object({ web: z.object({ results: z.array(Result) }) }) },
  handle({ query: { q }, table }) {
    const words = fold(q)
      .split(/\s+/)
      .filter((word) => word.length > 2);
    const enough = Math.max(1, Math.ceil(words.length / 2));
    const results = [...table('pages').all()]
      .map((page) => ({ page, points: score(page, words) }))
      .filter(({ points }) => points >= enough)
      .sort((a, b) => b.points - a.points)
      .slice(0, MOST_RESULTS)
      .map(({ page: { title, url, description } }) => ({ title, url, description }) as Row);
    return { status: 200, body: { web: { results } } };
  },
});

/** A search engine over a handful of pages, in the shape of Brave's: title, url, description. */
export const webSearch: Service = {
  name: 'websearch',
  tables: { pages: { key: 'url' } },
  operations: [search],
};
