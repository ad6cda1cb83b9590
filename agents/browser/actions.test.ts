import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { type Intent, intentOf } from './actions.ts';
import { compress } from './page/compress.ts';
import { addressOf, siteAt, urlOf } from './sites.ts';
import type { Page } from './tab.ts';

const shop = { name: 'shop', base: new URL('http://gateway.test/t/1/shop/') };
const cloud = { name: 'cloud', base: new URL('http://gateway.test/t/1/cloud/') };
const sites = [shop, cloud];

function pageOf(body: string): Page {
  const html = `<html><head><base href="../"></head><body>${body}</body></html>`;
  const document = parseHTML(html).document as unknown as Document;
  const url = new URL('p/K-1', shop.base);
  return {
    site: shop,
    url,
    address: 'shop/p/K-1',
    status: 200,
    document,
    windows: new Map(),
    view: compress(document),
  };
}

const form = pageOf(
  `<a href="cart">Basket</a><form method="post" action="orders"><input name="a" value="1"><input type="checkbox" name="b" value="yes">
  <input type="radio" name="c" value="x" checked><input type="radio" name="c" value="y"><select name="d"><option value="s">Small</option><option value="l">Large</option></select>
  <textarea name="e">old</textarea><button name="go" value="now">Order</button></form>`,
);

function act(page: Page, name: string, args: object): Intent {
  const intent = intentOf(name, args, page, sites);
  if (intent.kind === 'edit') intent.apply();
  return intent;
}

describe('an action', () => {
  it('follows links from where the page says', () => {
    expect(act(form, 'click', { element: 1 })).toMatchObject({
      kind: 'visit',
      visit: { url: new URL('http://gateway.test/t/1/shop/cart'), form: null },
    });
  });

  it('fills in fields, and sends what a browser sends', () => {
    expect(act(form, 'type', { element: 2, text: 'two words' })).toMatchObject({ kind: 'edit' });
    act(form, 'click', { element: 3 });
    act(form, 'click', { element: 5 });
    act(form, 'select', { element: 6, option: 'large' });
    act(form, 'type', { element: 7, text: 'new' });
    const intent = act(form, 'click', { element: 8 });
    expect(intent.kind === 'visit' && String(intent.visit.form)).toBe(
      'a=two+words&b=yes&c=y&d=l&e=new&go=now',
    );
  });

  it('sends a form that reads as an address', () => {
    const search = pageOf('<form action="search"><input name="q" value="oil lamp"></form>');
    const intent = act(search, 'submit', { element: 1 });
    expect(intent).toMatchObject({ kind: 'visit', visit: { form: null } });
    expect(intent.kind === 'visit' && intent.visit.url.href).toBe(
      'http://gateway.test/t/1/shop/search?q=oil+lamp',
    );
  });

  it.each([
    ['click', { element: 99 }, /no element 99/],
    ['type', { element: 1, text: 'x' }, /takes no text/],
    ['select', { element: 6, option: 'Huge' }, /offers Small \/ Large/],
    ['submit', { element: 1 }, /stands in no form/],
    ['open', { address: 'bank/transfer' }, /none of the sites/],
    ['hover', { element: 1 }, /no action "hover"/],
    ['click', { element: 'one' }, /expected number/],
  ])('%s %j is refused with a reason', (name, args, reason) => {
    const intent = intentOf(name, args, form, sites);
    expect(intent.kind === 'refused' && intent.reason).toMatch(reason);
  });
});

describe('an address', () => {
  it('is that of a site, wherever the site is', () => {
    expect(urlOf(sites, 'shop/search?q=a')?.href).toBe('http://gateway.test/t/1/shop/search?q=a');
    expect(urlOf(sites, 'cloud')?.href).toBe('http://gateway.test/t/1/cloud/');
    expect(urlOf(sites, 'https://evil.test/x')?.href).toBe('https://evil.test/x');
    expect(urlOf(sites, 'elsewhere/x')).toBeNull();
    expect(siteAt(sites, new URL('http://gateway.test/t/1/shopping'))).toBeNull();
    expect(addressOf(shop, new URL('http://gateway.test/t/1/shop/c/x?page=2'))).toBe('shop/c/x?page=2');
  });
});
