import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { defineOperation } from '../define-operation.ts';
import { RefusalBody } from '../refusal.ts';
import type { Service } from '../service.ts';
import { refusal } from '../world-request.ts';
import { fold } from './answers.ts';

const MOST_RESULTS = 100;

/** What a search shows of a company. */
const Listed = z.object({
  domain: z.string(),
  name: z.string(),
  industry: z.string(),
  country: z.string(),
  employees: z.int(),
});
type Listed = z.infer<typeof Listed>;

const Company = z.looseObject({
  ...Listed.shape,
  city: z.string(),
  founded: z.int().nullable(),
  description: z.string(),
});

const Article = z.looseObject({
  id: z.string(),
  domain: z.string(),
  title: z.string(),
  summary: z.string(),
  source: z.string(),
  published_at: z.string(),
});

const Person = z.looseObject({
  id: z.string(),
  domain: z.string(),
  name: z.string(),
  title: z.string(),
});

const number = z.coerce.number().int();

const Search = z
  .object({ query: z.string(), industry: z.string(), country: z.string() })
  .partial()
  .extend({
    min_employees: number.min(0).optional(),
    max_employees: number.min(0).optional(),
    page: number.min(1).default(1),
    page_size: number.min(1).max(MOST_RESULTS).default(10),
  });

function unknownCompany(domain: string) {
  return refusal(404, 'not_found', `no company has the domain "${domain}"`);
}

function listed(row: Row): Listed {
  return Listed.parse(row);
}

function fits(company: Row, wanted: z.infer<typeof Search>): boolean {
  const mentions = (word: string | undefined, ...fields: string[]) =>
    !word?.trim() || fields.some((field) => fold(String(company[field] ?? '')).includes(fold(word.trim())));
  const employees = Number(company.employees);
  return (
    mentions(wanted.query, 'name', 'domain', 'description') &&
    mentions(wanted.industry, 'industry') &&
    mentions(wanted.country, 'country') &&
    employees >= (wanted.min_employees ?? 0) &&
    employees <= (wanted.max_employees ?? Number.POSITIVE_INFINITY)
  );
}

const search = defineOperation({
  id: 'companies.search',
  method: 'GET',
  path: '/companies',
  summary: 'Companies by words, industry, country and size, a page at a time',
  query: Search,
  replies: {
    200: z.object({ results: z.array(Listed), total: z.int(), page: z.int(), page_size: z.int() }),
  },
  handle({ query, table }) {
    const { page, page_size } = query;
    const found = [...table('companies').all()].filter((company) => fits(company, query));
    const results = found.slice((page - 1) * page_size, page * page_size).map(listed);
    return { status: 200, body: { results, total: found.length, page, page_size } };
  },
});

const get = defineOperation({
  id: 'companies.get',
  method: 'GET',
  path: '/companies/:domain',
  summary: 'All that is known of a company',
  replies: { 200: Company, 404: RefusalBody },
  handle({ params: { domain }, table }) {
    const company = table('companies').get(domain.toLowerCase());
    return company ? { status: 200, body: company } : unknownCompany(domain);
  },
});

const news = defineOperation({
  id: 'news.list',
  method: 'GET',
  path: '/companies/:domain/news',
  summary: 'What was published about a company, newest first',
  replies: { 200: z.object({ articles: z.array(Article) }), 404: RefusalBody },
  handle({ params: { domain }, table }) {
    if (!table('companies').get(domain.toLowerCase())) return unknownCompany(domain);
    const articles = [...table('news').all()]
      .filter((article) => article.domain === domain.toLowerCase())
      .sort((a, b) => String(b.published_at).localeCompare(String(a.published_at)));
    return { status: 200, body: { articles } };
  },
});

const people = defineOperation({
  id: 'people.list',
  method: 'GET',
  path: '/companies/:domain/people',
  summary: 'People who work for a company, with their titles and without addresses',
  query: z.object({ title: z.string().optional() }),
  replies: { 200: z.object({ people: z.array(Person) }), 404: RefusalBody },
  handle({ params: { domain }, query: { title = '' }, table }) {
    if (!table('companies').get(domain.toLowerCase())) return unknownCompany(domain);
    const found = [...table('people').all()].filter(
      (person) =>
        person.domain === domain.toLowerCase() && fold(String(person.title)).includes(fold(title.trim())),
    );
    return { status: 200, body: { people: found } };
  },
});

/** A company directory: search, what is known of each, news, people. Only to be read. */
export const companies: Service = {
  name: 'companies',
  tables: { companies: { key: 'domain' }, news: { key: 'id' }, people: { key: 'id' } },
  operations: [search, get, news, people],
};
