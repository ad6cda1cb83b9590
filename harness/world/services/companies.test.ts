import { describe, expect, it } from 'vitest';
import { openService } from './call-service.ts';
import { companies } from './companies.ts';

const corvane = {
  domain: 'corvane.example',
  name: 'Corvane',
  industry: 'Machinery',
  country: 'Germany',
  city: 'Rostock',
  employees: 240,
  founded: 1987,
  description: 'Pumps for shipyards.',
};
const tulp = { ...corvane, domain: 'tulp.example', name: 'Tulpkade', country: 'Netherlands', employees: 12 };
const article = (id: string, published_at: string) => ({
  id,
  domain: 'corvane.example',
  title: id,
  summary: '',
  source: 'Port Gazette',
  published_at,
});
const open = () =>
  openService(companies, {
    'companies.companies': [corvane, tulp],
    'companies.news': [article('old', '2025-01-01'), article('new', '2026-02-01')],
    'companies.people': [
      { id: 'w_1', domain: 'corvane.example', name: 'Dana Ruiz', title: 'Head of Procurement' },
      { id: 'w_2', domain: 'corvane.example', name: 'Jan Voss', title: 'Plant Manager' },
    ],
  });

describe('companies', () => {
  it.each([
    ['query=corv', ['corvane.example']],
    ['query=shipyards', ['corvane.example', 'tulp.example']],
    ['country=germany', ['corvane.example']],
    ['industry=machinery&min_employees=50', ['corvane.example']],
    ['max_employees=50', ['tulp.example']],
    ['page=2&page_size=1', ['tulp.example']],
    ['query=nothing', []],
  ])('finds companies by %s', async (query, domains) => {
    const { body } = await open().call('GET', `/companies?${query}`);
    expect(body.results.map(({ domain }: { domain: string }) => domain)).toEqual(domains);
  });

  it('counts all that a search found, and shows a page in few words', async () => {
    const { body } = await open().call('GET', '/companies?page_size=1');
    expect(body).toMatchObject({ total: 2, page: 1, page_size: 1 });
    expect(Object.keys(body.results[0])).toEqual(['domain', 'name', 'industry', 'country', 'employees']);
    expect((await open().call('GET', '/companies?page=0')).status).toBe(400);
  });

  it('tells all of one, its news from the newest, and who works there', async () => {
    const { call } = open();
    expect((await call('GET', '/companies/CORVANE.example')).body).toEqual(corvane);
    const { body } = await call('GET', '/companies/corvane.example/news');
    expect(body.articles.map(({ id }: { id: string }) => id)).toEqual(['new', 'old']);
    const { body: people } = await call('GET', '/companies/corvane.example/people?title=procurement');
    expect(people.people.map(({ name }: { name: string }) => name)).toEqual(['Dana Ruiz']);
  });

  it.each(['', '/news', '/people'])('knows no stranger%s', async (rest) => {
    expect((await open().call('GET', `/companies/else.example${rest}`)).status).toBe(404);
  });
});
