import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Row } from '../domain/effect.ts';
import { WorldSpec } from '../domain/world-spec.ts';
import { createWorld } from '../harness/index.ts';
import { browser } from '../scenarios/browser/pack.ts';
import { web } from '../scenarios/browser/web.ts';

const Fields = z.record(z.string(), z.string());

/** A page of the set: where it is, and what has to be done or be so before it can be seen. */
const PageEntry = z.strictObject({
  kind: z.string(),
  site: z.string(),
  path: z.string().startsWith('/'),
  /** Forms that are sent first. */
  after: z.array(z.strictObject({ path: z.string(), fields: Fields })).default([]),
  /** The page is the answer to this form. */
  form: Fields.nullable().default(null),
  rows: z.record(z.string(), z.array(Row)).default({}),
});

/** A page as its site sends it. */
export type SitePage = { kind: string; address: string; status: number; html: string };

/** Renders the page set of datasets/sites, each page in a fresh world: the same bytes each time. */
export async function sitePages(): Promise<SitePage[]> {
  const file = join(import.meta.dirname, '../datasets/sites/pages.json');
  const entries = z.array(PageEntry).parse(JSON.parse(readFileSync(file, 'utf8')));
  return Promise.all(entries.map(render));
}

async function render({
  kind,
  site,
  path,
  after,
  form,
  rows,
}: z.output<typeof PageEntry>): Promise<SitePage> {
  const world = createWorld({
    spec: WorldSpec.parse({ ...web, rows }),
    services: browser.services,
    fixtures: browser.fixtures,
    seed: 'pages',
  });
  const base = `http://${site}.rehearse.test`;
  const send = (to: string, fields: z.output<typeof Fields>) =>
    world.handle(new Request(`${base}${to}`, { method: 'POST', body: new URLSearchParams(fields) }));
  for (const step of after) await send(step.path, step.fields);
  let answer = form === null ? await world.handle(new Request(`${base}${path}`)) : await send(path, form);
  const location = answer.headers.get('location');
  if (location !== null) answer = await world.handle(new Request(new URL(location, `${base}${path}`)));
  return { kind, address: `${site}${path}`, status: answer.status, html: await answer.text() };
}

/** sha256 of all pages in their order. */
export function pagesDigest(pages: readonly SitePage[]): string {
  const digest = createHash('sha256');
  for (const { html } of pages) digest.update(html);
  return digest.digest('hex');
}
