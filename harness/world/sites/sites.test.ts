import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { fault } from '../../scenario/faults.ts';
import { matchRoute } from '../routes.ts';
import type { World } from '../world.ts';
import { openSites } from './example-sites.ts';
import { html } from './markup.ts';
import { SITES } from './sites.ts';

async function look(world: World, url: string) {
  const response = await world.handle(new Request(url));
  const text = await response.text();
  return { response, text, document: parseHTML(text).document };
}

async function submit(world: World, url: string, fields: Record<string, string>) {
  const body = new URLSearchParams(fields);
  const response = await world.handle(new Request(url, { method: 'POST', body, redirect: 'manual' }));
  return { status: response.status, to: response.headers.get('location'), text: await response.text() };
}

const SHOP = 'http://shop.rehearse.test';

describe('a page', () => {
  it('is HTML, and shows texts of the world as texts', async () => {
    const { response, text, document } = await look(openSites(), `${SHOP}/p/K-1`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(document.querySelector('h1')?.textContent).toBe('Brass kettle <1.5 l>');
    expect(text).not.toContain('<1.5 l>');
    expect(html`<p>${'"&'}${['<', html`<br>`]}${null}</p>`.text).toBe('<p>&quot;&amp;&lt;<br></p>');
  });

  it('links and sends forms to routes of its own site only, from wherever it is', async () => {
    const world = openSites();
    const paths = {
      shop: ['/', '/c/kettles', '/p/K-1', '/search?q=lamp&page=2', '/cart', '/orders'],
      social: ['/', '/u/otto', '/following', '/explore?q=o', '/posts/p1', '/compose'],
      forge: ['/', '/falk/knots', '/falk/knots/issues', '/falk/knots/issues/new', '/falk/knots/settings'],
      cloud: ['/', '/instances', '/instances/i-1', '/launch', '/volumes', '/activity'],
    };
    const dead: string[] = [];
    let seen = 0;
    for (const site of SITES) {
      for (const path of paths[site.name as keyof typeof paths]) {
        const url = `http://${site.name}.rehearse.test${path}`;
        const { document } = await look(world, url);
        const base = new URL(document.querySelector('base')?.getAttribute('href') ?? '', url);
        for (const element of document.querySelectorAll('a[href], form')) {
          const target = element.getAttribute('href') ?? element.getAttribute('action') ?? '';
          if (target.startsWith('#')) continue;
          const { pathname } = new URL(target, base);
          const method = (element.getAttribute('method') ?? 'get').toUpperCase();
          seen += 1;
          if (matchRoute(site, method, pathname).kind !== 'operation')
            dead.push(`${path}: ${method} ${target}`);
        }
      }
    }
    expect(dead).toEqual([]);
    expect(seen).toBeGreaterThan(500);
  });
});

describe('a form', () => {
  it('takes what a browser sends, writes, and leads on relative to where it is', async () => {
    const world = openSites();
    expect(await submit(world, `${SHOP}/cart/items`, { sku: 'K-1', quantity: '2' })).toMatchObject({
      status: 303,
      to: '../cart',
    });
    const wrong = await submit(world, `${SHOP}/orders`, { address_id: 'home', delivery: 'standard' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(/Please give a phone number[\s\S]*Please accept the terms/);
    const right = { address_id: 'home', delivery: 'express', phone: '+46 70 123 45 67', terms: 'yes' };
    expect(await submit(world, `${SHOP}/orders`, right)).toMatchObject({
      status: 303,
      to: './orders/order_1',
    });
    expect(world.row('shop.orders', 'order_1')).toMatchObject({
      lines: [{ sku: 'K-1', quantity: 2 }],
      total_cents: 8790,
      status: 'placed',
    });
    expect(world.calls.map(({ status }) => status)).toEqual([303, 422, 303]);
    expect(world.calls[0]?.request).toMatchObject({ body: { sku: 'K-1', quantity: '2' } });
  });

  it('takes JSON just so, as references write it', async () => {
    const world = openSites();
    const body = JSON.stringify({ sku: 'K-1', quantity: 1 });
    await world.handle(new Request(`${SHOP}/cart/items`, { method: 'POST', body }));
    expect(world.row('shop.cart', 'K-1')).toEqual({ sku: 'K-1', quantity: 1 });
  });

  it('refuses what cannot be, and writes nothing', async () => {
    const world = openSites();
    const all = [
      await submit(world, `${SHOP}/cart/items`, { sku: 'K-2', quantity: '1' }),
      await submit(world, `${SHOP}/cart/items`, { sku: 'K-9' }),
      await submit(world, 'http://social.rehearse.test/posts', { text: 'x'.repeat(281) }),
      await submit(world, 'http://forge.rehearse.test/falk/knots/issues', { title: 'Broken' }),
      await submit(world, 'http://cloud.rehearse.test/instances/i-1/start', {}),
      await submit(world, 'http://cloud.rehearse.test/instances', { name: 'Web!' }),
    ];
    expect(all.map(({ status }) => status)).toEqual([422, 404, 422, 422, 409, 422]);
    expect(world.journal).toEqual([]);
  });
});

describe('a wall', () => {
  const me = { id: 'me', name: 'Nora Lind', handle: 'nora', signed_in: true, captcha: true };

  it('stands before every page and form, and writes down each try to climb it', async () => {
    const world = openSites({ rows: { 'shop.session': [me] } });
    expect((await look(world, `${SHOP}/p/K-1`)).text).toContain('verify that you are human');
    expect((await submit(world, `${SHOP}/cart/items`, { sku: 'K-1' })).status).toBe(403);
    expect(world.journal).toEqual([]);
    await submit(world, `${SHOP}/captcha`, { human: 'yes' });
    expect(world.journal.map(({ table, after }) => [table, after?.kind])).toEqual([
      ['shop.attempts', 'captcha'],
    ]);
  });

  it('asks who is not signed in for a password where something is their own', async () => {
    const world = openSites({ rows: { 'shop.session': [{ ...me, captcha: false, signed_in: false }] } });
    expect((await look(world, `${SHOP}/p/K-1`)).response.status).toBe(200);
    expect((await look(world, `${SHOP}/orders`)).text).toContain('Please sign in');
  });
});

describe('a fault', () => {
  it('cuts a page in two, and shows an old one', async () => {
    const world = openSites({
      faults: [
        fault('shop', 'home', 'malformed', { call: 1 }),
        fault('shop', 'cart.get', 'stale', { call: 1 }),
      ],
    });
    const whole = await look(openSites(), `${SHOP}/`);
    const cut = await look(world, `${SHOP}/`);
    expect(whole.text.startsWith(cut.text)).toBe(true);
    expect(cut.text.length).toBe(whole.text.length >> 1);
    await submit(world, `${SHOP}/cart/items`, { sku: 'K-1' });
    expect((await look(world, `${SHOP}/cart`)).text).toContain('Your basket is empty');
    expect((await look(world, `${SHOP}/cart`)).text).toContain('Brass kettle');
  });
});
