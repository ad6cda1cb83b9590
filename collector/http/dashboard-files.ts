import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * The built dashboard. An address that is no file is one of its pages, so it answers with `index.html`. The policy
 * lets nothing in from elsewhere and runs no inline script: prompts and tool results are hostile text.
 */
export function dashboardFiles(directory: string) {
  return new Hono()
    .use(
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          // Style attributes are how virtual lists and bars are placed.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
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
    .get('/*', serveStatic({ root: directory, path: 'index.html' }));
}
