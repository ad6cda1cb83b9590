import { expect, it } from 'vitest';
import { openGateway } from '../gateway.ts';
import { openDoor } from '../msw-door.ts';
import { openSites } from './example-sites.ts';

it.each([
  ['the door of this process', () => openDoor({ passthrough: [] })],
  ['the gateway', () => openGateway({ direct: [] })],
])('%s serves pages, forms and the way on from them', async (_, open) => {
  const door = await open();
  const world = openSites();
  const answers = await door
    .inside(world, async ({ SHOP_URL = '' }) => {
      const form = await fetch(`${SHOP_URL}/cart/items`, {
        method: 'POST',
        body: new URLSearchParams({ sku: 'K-1', quantity: '2' }),
        redirect: 'manual',
      });
      const next = new URL(form.headers.get('location') ?? '', `${SHOP_URL}/cart/items`);
      const page = await fetch(next);
      const text = await page.text();
      return {
        form: form.status,
        type: page.headers.get('content-type'),
        at: next.href.slice(SHOP_URL.length),
        text,
      };
    })
    .finally(() => door.close());
  expect(answers).toMatchObject({ form: 303, type: 'text/html; charset=utf-8', at: '/cart' });
  expect(answers.text).toMatch(/<h1>Basket<\/h1>[\s\S]*€78\.00/);
  expect(world.calls.map(({ operation, response }) => [operation, typeof response])).toEqual([
    ['cart.add', 'string'],
    ['cart.get', 'string'],
  ]);
});
