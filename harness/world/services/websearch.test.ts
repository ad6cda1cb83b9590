import { describe, expect, it } from 'vitest';
import { openService } from './call-service.ts';
import { webSearch } from './websearch.ts';

const page = (url: string, title: string, description: string) => ({ url, title, description });

describe('web search', () => {
  it.each([
    ['Tomas Berg', ['berg', 'choir']],
    ['Tomas Berg Fjordwerk', ['berg']],
    ['Nobody Known', []],
  ])('finds pages for %s, best first', async (q, urls) => {
    const { call } = openService(webSearch, {
      'websearch.pages': [
        page('choir', 'Choir of St. Olav', 'Sings on Sundays, led by Berg.'),
        page('berg', 'Tomas Berg', 'Head of Grid at Fjordwerk.'),
      ],
    });
    const { body } = await call('GET', `/web/search?q=${encodeURIComponent(q)}`);
    expect(body.web.results.map(({ url }: { url: string }) => url)).toEqual(urls);
  });
});
