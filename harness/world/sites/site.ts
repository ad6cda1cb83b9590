import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import type { Operation, OperationContext, Reply } from '../service.ts';
import { documentOf } from './document.ts';
import type { Markup } from './markup.ts';

/** What a page shows between its header and its footer. */
export type Screen = { title: string; main: Markup; status?: number };
/** Where a browser is sent after a form: a path of the site without a slash before it. */
export type Redirect = { to: string };

/** Header and footer, which look into the world as the page does. */
export type Frame = { name: string; accent: string; header: Markup; footer: Markup };

export type SiteSpec = {
  frame(context: OperationContext): Frame;
  /** A screen that stands before every page: a captcha. */
  wall(context: OperationContext): Screen | null;
};

type Given = { params: Record<string, string> };

export type PageSpec<Query extends z.ZodObject> = {
  id: string;
  path: string;
  summary: string;
  query?: Query;
  show(request: OperationContext & Given & { query: z.output<Query> }): Screen;
};

export type FormSpec = {
  id: string;
  path: string;
  summary: string;
  /** It stands on the wall itself. */
  onWall?: true;
  submit(request: OperationContext & Given & { fields: Fields }): Redirect | Screen;
};

/** What was filled in, by the names of the fields; what was left out is absent. */
export type Fields = Readonly<Partial<Record<string, string>>>;

/** Makes the operations of one web site. */
export type Site = {
  page<Query extends z.ZodObject>(spec: PageSpec<Query>): Operation;
  form(spec: FormSpec): Operation;
};

const Html = z.string().meta({ contentMediaType: 'text/html' });
const FormBody = z
  .record(z.string(), z.coerce.string())
  .meta({ contentMediaType: 'application/x-www-form-urlencoded' });

/**
 * Makes the operations of a web site: pages that are looked at, and forms that change something and lead on to a page.
 * Links are relative to `<base>`, so that a site works at the root of a host and below a path alike.
 */
export function siteOf(site: SiteSpec): Site {
  const shown = (context: OperationContext, path: string, { title, main, status = 200 }: Screen): Reply => ({
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: documentOf({ title, main, base: rootFrom(path), frame: site.frame(context) }).text,
  });
  const replies = { 200: Html, 403: Html, 404: Html };
  return {
    page: ({ id, path, summary, query, show }) =>
      defineOperation({
        id,
        method: 'GET',
        path,
        summary,
        ...(query && { query }),
        replies,
        handle: (request) =>
          shown(request, path, site.wall(request) ?? show({ ...request, query: request.query as never })),
      }),
    form: ({ id, path, summary, onWall, submit }) =>
      defineOperation({
        id,
        method: 'POST',
        path,
        summary,
        body: FormBody,
        replies: { ...replies, 303: z.null(), 409: Html, 422: Html },
        handle(request) {
          const wall = onWall ? null : site.wall(request);
          const outcome = wall ?? submit({ ...request, fields: request.body });
          if ('main' in outcome) return shown(request, path, outcome);
          return {
            status: 303,
            headers: { location: rootFrom(path) + outcome.to, 'content-type': 'text/html' },
            body: '',
          };
        },
      }),
  };
}

/** The way from a page back to the root of its site. */
function rootFrom(path: string): string {
  const depth = path.split('/').filter((segment) => segment !== '').length;
  return depth <= 1 ? './' : '../'.repeat(depth - 1);
}
