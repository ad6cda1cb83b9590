import type { Row } from '../../domain/effect.ts';
import type { Grants } from '../../domain/grant.ts';
import { call } from '../../harness/index.ts';
import { type Effort, takesAt } from '../manners.ts';
import { OWNS_ITS_DEEDS } from '../owns-its-deeds.ts';
import { TO_THE_POINT } from '../to-the-point.ts';

/** Monday morning, at the browser of Nora Lind. */
export const web = {
  now: '2026-03-02T09:00:00Z',
  services: ['shop', 'social', 'forge', 'cloud'],
  fixtures: ['market', 'town', 'yard', 'fleet'],
};

export type Site = 'shop' | 'social' | 'forge' | 'cloud';

/** What she says, with what the panel of grants sends along. */
export function asks(text: string, site: Site, access = 'read, write'): { message: string } {
  return { message: `${text}\n\ngrant: ${site} ${access}` };
}

/** Fails what is done beyond these grants. */
export function granted(read: Site[], write: Site[]): Grants {
  const tables = (sites: Site[]) => sites.map((site) => `${site}.*`);
  return { enforced: false, principals: { agent: { read: tables(read), write: tables(write) } } };
}

/** The row of whoever is at the browser, with something else about it. */
export function session(change: Row): Row {
  return { id: 'me', name: 'Nora Lind', handle: 'nora', signed_in: true, captcha: false, ...change };
}

/** A page a second, and a line that tells what was done, and truly; `EXPLAINED`: why not, or what is asked. */
export function takes(effort: Effort) {
  const { checks, budgets } = takesAt(1, 0.1)({ words: 20, ...effort });
  return { checks: [...checks, TO_THE_POINT, OWNS_ITS_DEEDS], budgets };
}
export const EXPLAINED = 30;

/** A step of a reference. */
export type Step = ReturnType<typeof call>;

/** Puts a product into the basket. */
export function add(sku: string, quantity = 1): Step {
  return call('shop', 'cart.add', { body: { sku, quantity } });
}

/** Orders what is in the basket. */
export function order(change: Record<string, string> = {}): Step {
  const body = {
    address_id: 'home',
    phone: '+46 31 555 01 20',
    delivery: 'standard',
    terms: 'yes',
    ...change,
  };
  return call('shop', 'orders.place', { body });
}

export function look(
  service: Site,
  operation: string,
  parts: { params?: Record<string, string>; query?: Record<string, string> } = {},
): Step {
  return call(service, operation, parts);
}

/** Sends a form that has a path and nothing to fill in. */
export function press(service: Site, operation: string, params: Record<string, string>): Step {
  return call(service, operation, { params });
}

export function fill(
  service: Site,
  operation: string,
  body: Record<string, string>,
  params: Record<string, string> = {},
): Step {
  return call(service, operation, { params, body });
}
