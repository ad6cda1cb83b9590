import { context, propagation } from '@opentelemetry/api';
import { parseHTML } from 'linkedom';
import { type Compressed, compress } from './page/compress.ts';
import type { PageElement } from './page/outline.ts';
import { addressOf, type Site, siteAt } from './sites.ts';

/** How long a site may take before the browser stops waiting. */
const TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 5;

/** A request that a page asks for: a link, or a form that is sent. */
export type Visit = { url: URL; form: URLSearchParams | null };

/** A page that is open. */
export type Page = {
  site: Site;
  url: URL;
  /** As the model reads it. */
  address: string;
  status: number;
  document: Document;
  /** Where the windows of its lists begin. */
  windows: Map<number, number>;
  view: Compressed;
};

/** No page came; `message` says why, and what may have happened all the same. */
export class NoPage extends Error {
  override readonly name = 'NoPage';
}

/**
 * Loads a page and follows redirects within the sites.
 *
 * @throws NoPage where the site does not answer or leads to a place that is none of the user's sites
 */
export async function load(visit: Visit, sites: readonly Site[], signal: AbortSignal): Promise<Page> {
  let { url, form } = visit;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const site = siteAt(sites, url);
    if (!site)
      throw new NoPage(
        `${url.href} is none of the user's sites (${sites.map(({ name }) => name).join(', ')})`,
      );
    const response = await request(url, form, signal);
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      url = new URL(location, url);
      if (response.status !== 307 && response.status !== 308) form = null;
      continue;
    }
    return open(site, url, response.status, await response.text(), response.headers.get('content-type'));
  }
  throw new NoPage(`${visit.url.href} leads round in circles`);
}

async function request(url: URL, form: URLSearchParams | null, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: 'text/html' };
  propagation.inject(context.active(), headers);
  try {
    return await fetch(url, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      ...(form ? { method: 'POST', body: form } : {}),
    });
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    const after = form ? '; it may have acted all the same: look before you try again' : '';
    throw new NoPage(`no answer from ${url.href} (${why})${after}`, { cause: error });
  }
}

function open(site: Site, url: URL, status: number, text: string, type: string | null): Page {
  const document = type?.includes('html') ? parse(text) : plain(text);
  const windows = new Map<number, number>();
  return {
    site,
    url,
    address: addressOf(site, url),
    status,
    document,
    windows,
    view: compress(document, { windows }),
  };
}

/** A text without the frame of a page is its body. */
function parse(text: string): Document {
  const whole = /<body[\s>]/i.test(text) ? text : `<html><head></head><body>${text}</body></html>`;
  return parseHTML(whole).document as unknown as Document;
}

/** What is no page is shown as its text. */
function plain(text: string): Document {
  const document = parse('<p></p>');
  const paragraph = document.querySelector('p');
  if (paragraph) paragraph.textContent = text;
  return document;
}

/** Looks at the page again, after something on it was filled in or a window was moved. */
export function refreshed(page: Page): Page {
  return { ...page, view: compress(page.document, { windows: page.windows }) };
}

/** Where links and forms of a page start from. */
export function baseOf({ document, url }: Page): URL {
  const href = document.querySelector('base')?.getAttribute('href');
  return URL.parse(href ?? '', url) ?? url;
}

export function elementOf({ view }: Page, number: number): PageElement | null {
  return view.outline.elements[number - 1] ?? null;
}

/** What is told of a page once another is open. */
export function leftText({ address, status }: Page): string {
  return `PAGE ${address}${troubleOf(status)} (left)`;
}

function troubleOf(status: number): string {
  return status < 400 ? '' : ` (HTTP ${status})`;
}

/** The page as the model reads it. */
export function pageText({ address, status, view }: Page, sent: boolean): string {
  const title = view.outline.title === '' ? '' : ` "${view.outline.title}"`;
  const warning =
    sent && status >= 500
      ? '\nThe site gave no good answer; it may have acted all the same: look before you try again.'
      : '';
  return `PAGE ${address}${title}${troubleOf(status)}${warning}\n${view.text}`;
}
