import type { Row } from '../../domain/effect.ts';
import type { Scenario } from '../../domain/scenario.ts';

const TRADES = ['Machinery', 'Logistics', 'Food', 'Optics', 'Chemicals', 'Building materials'];
const PLACES = ['Porto', 'Gdansk', 'Turku', 'Graz', 'Bilbao', 'Aarhus', 'Brno'];

/** Rows of a company directory that knows the companies of a scenario's contacts: what they do, and one piece of news. */
export function directoryOf({ world }: Pick<Scenario, 'world'>): Record<string, Row[]> {
  const domains = new Map<string, string>();
  for (const { company, email } of world.rows['crm.contacts'] ?? []) {
    const domain = typeof email === 'string' ? email.split('@')[1] : undefined;
    if (typeof company === 'string' && domain && ![...domains.values()].includes(domain))
      domains.set(company, domain);
  }
  const known = [...domains].map(([name, domain]) => ({
    name,
    domain,
    trade: choose(TRADES, name),
    place: choose(PLACES, name),
  }));
  const lastMonth = new Date(Date.parse(world.now) - 20 * 86_400_000).toISOString();
  return {
    'companies.companies': known.map(({ name, domain, trade, place }) => ({
      ...{ domain, name, industry: trade, country: 'PT', city: place, employees: 240, founded: 1987 },
      description: `${name} sells to distributors in twelve countries.`,
    })),
    'companies.news': known.map(({ name, domain, place }) => ({
      ...{ id: `news_${domain}`, domain, title: `${name} opens a second site in ${place}` },
      ...{ summary: 'It is to open in autumn.', source: 'Trade Courier', published_at: lastMonth },
    })),
  };
}

/** The same for the same name. */
function choose(from: readonly string[], name: string): string {
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return from[sum % from.length] ?? '';
}
