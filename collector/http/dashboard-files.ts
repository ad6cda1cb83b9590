import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * The built dashboard. To a browser, an address that is no file is one of its pages and answers with `index.html`; a
 * program is told that there is nothing. The policy lets nothing in from elsewhere and runs no inline script: prompts
 * and tool results are hostile text.
 */
export function dashboardFiles(directory: string) {
  const page = serveStatic({ root: directory, path: 'index.html' });
  return new Hono()
    .use(
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          // React places rows and bars through the CSSOM, which no policy forbids; no page carries a style of its own.
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          connectSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
        referrerPolicy: 'no-referrer',
      }),
    )
    .get(
      '/assets/*',
      serveStatic({
        root: directory,
        onFound: (_, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
      }),
      (c) => c.notFound(),
    )
    .get('/*', serveStatic({ root: directory }))
    .get('/*', (c, next) => (c.req.header('accept')?.includes('text/html') ? page(c, next) : next()));
}
