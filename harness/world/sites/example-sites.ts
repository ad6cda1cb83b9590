import { WorldSpec } from '../../../domain/world-spec.ts';
import type { Fixture } from '../service.ts';
import { createWorld, type World, type WorldOptions } from '../world.ts';
import { SITES } from './sites.ts';

/** The four sites with a few rows each, for the tests of the pages. */
export const fewRows: Fixture = {
  ...Object.fromEntries(
    ['shop', 'social', 'forge', 'cloud'].map((site) => [
      `${site}.session`,
      [{ id: 'me', name: 'Nora Lind', handle: 'nora', signed_in: true, captcha: false }],
    ]),
  ),
  'shop.products': [
    product('K-1', 'Brass kettle <1.5 l>', 3900, 3),
    product('K-2', 'Steel kettle', 2900, 0),
    ...Array.from({ length: 30 }, (_, index) => product(`L-${index}`, `Lamp ${index}`, 1000 + index, 9)),
  ],
  'shop.addresses': [{ id: 'home', label: 'Home', street: 'Quay 4', phone: null }],
  'social.people': [{ handle: 'otto', name: 'Otto Falk', bio: 'Boats & <b>knots</b>', followers: 12 }],
  'social.posts': [{ id: 'p1', author: 'otto', text: 'Hello', posted_at: '2026-03-01T09:00:00Z' }],
  'forge.repos': [
    {
      id: 'falk/knots',
      description: 'Knots',
      language: 'Go',
      stars: 3,
      readme: 'Tie them.',
      files: ['main.go'],
    },
  ],
  'cloud.instances': [
    { id: 'i-1', name: 'web-1', zone: 'north-1a', type: 'small-1', state: 'running', cents_per_hour: 8 },
  ],
};

function product(sku: string, name: string, price_cents: number, stock: number) {
  const rest = { brand: 'Lund', category: name.startsWith('Lamp') ? 'Lamps' : 'Kettles', rating: 4.2 };
  return { sku, name, price_cents, stock, ...rest, description: 'It does what it should.' };
}

export function openSites(
  spec: Partial<Pick<WorldSpec, 'rows' | 'faults'>> = {},
  options: Partial<WorldOptions> = {},
): World {
  return createWorld({
    spec: WorldSpec.parse({
      now: '2026-03-02T09:00:00Z',
      services: SITES.map(({ name }) => name),
      fixtures: ['few'],
      ...spec,
    }),
    services: SITES,
    fixtures: { few: fewRows },
    seed: 'sites',
    ...options,
  });
}
