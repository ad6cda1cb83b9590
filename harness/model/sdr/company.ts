import { type Flow, look } from './flow.ts';
import { articlesIn, type Company, type Contact, companiesIn, companyIn } from './observations.ts';
import { handOver, nothing, type Report } from './report.ts';
import type { Scene } from './scene.ts';
import type { FitRule } from './task.ts';

const NEWS_DAYS = 183;
const DAY_MS = 86_400_000;

/** Why nobody at the contact's company is to be written to, or `null` where it fits. */
export function* checkFit(contact: Contact, rule: FitRule): Flow<Report | null> {
  const company = yield* findCompany(contact);
  const name = contact.company ?? 'the company';
  if (company === null) return handOver(`I cannot tell whether ${name} of ${contact.name} fits.`);
  const misfits = misfitsOf(company, rule);
  if (misfits.length === 0) return null;
  return nothing(`${company.name} of ${contact.name} does not fit: ${misfits.join(', ')}.`);
}

function misfitsOf({ employees, industry, country }: Company, rule: FitRule): string[] {
  const isOneOf = (wanted: readonly string[], value: string) =>
    wanted.length === 0 || wanted.some((one) => one.toLowerCase() === value.toLowerCase());
  const fitsSize = !rule.employees || (employees >= rule.employees.least && employees <= rule.employees.most);
  return [
    ...(fitsSize ? [] : [`${employees} employees`]),
    ...(isOneOf(rule.industries, industry) ? [] : [industry]),
    ...(isOneOf(rule.countries, country) ? [] : [country]),
  ];
}

/** The title of the newest news of half a year. */
export function* findNews(contact: Contact, { now }: Scene): Flow<string | undefined> {
  const company = yield* findCompany(contact);
  if (company === null) return undefined;
  const [news] = yield* look({ tool: 'list_company_news', arguments: { domain: company.domain } });
  const [newest] = articlesIn(news).filter(
    ({ published_at }) => now == null || now - Date.parse(published_at) < NEWS_DAYS * DAY_MS,
  );
  return newest?.title.replace(/[.!?]+$/, '');
}

/** What the directory says of the contact's company today; a search only leads there, and may be old or cut. */
function* findCompany({ company, email }: Contact): Flow<Company | null> {
  if (!company) return null;
  const [search] = yield* look({ tool: 'search_companies', arguments: { query: company } });
  const named = companiesIn(search).find(({ name }) => name.toLowerCase() === company.toLowerCase());
  const domain = named?.domain ?? email?.split('@')[1];
  if (!domain) return null;
  const [page] = yield* look({ tool: 'get_company', arguments: { domain } });
  const found = companyIn(page);
  return found?.name.toLowerCase() === company.toLowerCase() ? found : null;
}
