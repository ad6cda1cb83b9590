import { z } from 'zod';
import type { JsonObject } from '../../../domain/json.ts';
import { observe } from '../observe.ts';
import { contactsIn, timeIn } from '../sdr/observations.ts';
import type { ChatMessage } from '../simulated-model.ts';

const Companies = z.object({ results: z.array(z.object({ domain: z.string(), name: z.string() })) });
const Company = z.object({ name: z.string(), industry: z.string(), description: z.string() });
const News = z.object({ articles: z.array(z.object({ title: z.string(), published_at: z.string() })) });

/** What was found out about the company of the one contact that is at issue. */
export type Evidence = {
  /** `null`: not one contact, or one without a company. */
  company: string | null;
  searched: boolean;
  domain: string | null;
  /** `null`: nobody looked, or it is not known. */
  profile: z.infer<typeof Company> | null;
  /** Titles of the last half year, newest first. */
  news: string[];
  /** The tools that were asked about the domain. */
  asked: string[];
};

/** Reads it from the tool results of a conversation. */
export function evidence(messages: readonly ChatMessage[]): Evidence {
  const seen = observe(messages);
  const contacts = seen.filter(({ tool }) => tool === 'search_contacts').flatMap(contactsIn);
  const [contact, ...others] = contacts.filter(
    ({ id }, place) => contacts.findIndex((other) => other.id === id) === place,
  );
  const company = others.length === 0 ? (contact?.company ?? null) : null;
  const search = seen.find(({ tool }) => tool === 'search_companies');
  const found = Companies.safeParse(search?.result).data?.results ?? [];
  const domain = found.find(({ name }) => name.toLowerCase() === company?.toLowerCase())?.domain ?? null;
  const clock = seen.findLast(({ tool }) => tool === 'current_time');
  const now = clock ? timeIn(clock) : null;
  const own = seen.filter(({ arguments: given }) => domain !== null && given.domain === domain);
  const resultOf = (wanted: string) => own.findLast(({ tool }) => tool === wanted)?.result;
  return {
    company,
    searched: search !== undefined,
    domain,
    profile: Company.safeParse(resultOf('get_company')).data ?? null,
    news: recent(News.safeParse(resultOf('list_company_news')).data?.articles ?? [], now),
    asked: own.map(({ tool }) => tool),
  };
}

const HALF_A_YEAR_MS = 183 * 86_400_000;

/** Older news is no occasion; without a clock nobody knows what is old. */
function recent(articles: z.infer<typeof News>['articles'], now: number | null): string[] {
  return articles
    .filter(({ published_at }) => now !== null && now - Date.parse(published_at) <= HALF_A_YEAR_MS)
    .map(({ title }) => title);
}

/** The next calls that would bring more of it, within the tools. */
export function evidenceStep(
  { company, searched, domain, asked }: Evidence,
  tools: readonly string[],
): { tool: string; arguments: JsonObject }[] {
  const offered = (tool: string, args: JsonObject) =>
    tools.includes(tool) ? [{ tool, arguments: args }] : [];
  if (company === null) return [];
  if (!searched) return offered('search_companies', { query: company });
  if (domain === null) return [];
  return ['get_company', 'list_company_news']
    .filter((tool) => !asked.includes(tool))
    .flatMap((tool) => offered(tool, { domain }));
}
