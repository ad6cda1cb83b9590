import { z } from 'zod';
import { type Tool, defineTool as tool, withQuery } from '../../genai/tool.ts';

const domain = z.string().describe("The domain of the company's site: ferrostack.example");

function companyPath(name: string, rest = ''): string {
  return `/companies/${encodeURIComponent(name)}${rest}`;
}

/** A directory of companies, only to be read. */
export const COMPANY_TOOLS: readonly Tool[] = [
  tool(
    'search_companies',
    'Find companies in the directory by words, industry or country. The list may be old: read a company for what holds today.',
    {
      parameters: z.strictObject({
        query: z.string().optional(),
        industry: z.string().optional(),
        country: z.string().optional(),
        page: z.int().min(1).optional(),
      }),
      writes: false,
    },
    ({ page, ...wanted }) => ({
      api: 'companies',
      method: 'GET',
      path: withQuery('/companies', { ...wanted, page: page?.toString() }),
    }),
  ),
  tool(
    'get_company',
    'Read what the directory knows of a company: industry, size, place, what it does.',
    { parameters: z.strictObject({ domain }), writes: false },
    (company) => ({ api: 'companies', method: 'GET', path: companyPath(company.domain) }),
  ),
  tool(
    'list_company_news',
    'List what was published about a company, newest first.',
    { parameters: z.strictObject({ domain }), writes: false },
    (company) => ({ api: 'companies', method: 'GET', path: companyPath(company.domain, '/news') }),
  ),
  tool(
    'list_company_people',
    'List people who work for a company, with their titles and without addresses.',
    { parameters: z.strictObject({ domain, title: z.string().optional() }), writes: false },
    (company) => ({
      api: 'companies',
      method: 'GET',
      path: withQuery(companyPath(company.domain, '/people'), { title: company.title }),
    }),
  ),
];
