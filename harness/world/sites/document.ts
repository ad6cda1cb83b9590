import { html, Markup } from './markup.ts';
import type { Frame } from './site.ts';

/** A whole page, with the weight that pages carry: styles, a script with its state, a banner. */
export function documentOf(page: { title: string; main: Markup; base: string; frame: Frame }): Markup {
  const { title, main, base, frame } = page;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<base href="${base}">
<title>${title} | ${frame.name}</title>
<link rel="icon" href="favicon.svg">
<link rel="preload" href="assets/inter.woff2" as="font" type="font/woff2" crossorigin>
<style>${stylesheet(frame.accent)}</style>
<script>${state(title)}</script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<noscript><p class="notice">${frame.name} works best with JavaScript.</p></noscript>
${frame.header}
<main id="main" class="wrap">${main}</main>
${frame.footer}
<div class="toast" hidden>Saved</div>
<script src="assets/app.js" defer></script>
<script>${METRICS}</script>
</body>
</html>`;
}

/** A picture that says nothing to who reads. */
export function icon(path: string): Markup {
  return html`<svg class="icon" aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"><path d="${path}"/></svg>`;
}

export const CART_ICON = 'M1 2h2l2 8h7l2-6H4.5M6 13.5a.5.5 0 1 0 .01 0M11 13.5a.5.5 0 1 0 .01 0';
export const STAR_ICON = 'M8 1.5l2 4.3 4.6.5-3.4 3.2.9 4.6L8 11.8l-4.1 2.3.9-4.6L1.4 6.3 6 5.8z';
export const USER_ICON = 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 14c.5-3 3-4.5 6-4.5s5.5 1.5 6 4.5';

/** Columns of links, as footers have them. */
export function linkColumns(columns: Readonly<Record<string, readonly string[]>>): Markup {
  return html`<div class="columns">${Object.entries(columns).map(
    ([heading, links]) =>
      html`<section class="column"><h4>${heading}</h4><ul>${links.map(
        (link) => html`<li class="column-item"><a class="quiet" href="help/${slugOf(link)}">${link}</a></li>`,
      )}</ul></section>`,
  )}</div>`;
}

export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function stylesheet(accent: string): Markup {
  const rules = [
    `:root{--accent:${accent};--ink:#1c2024;--soft:#60646c;--line:#e0e1e6;--page:#fcfcfd;--card:#fff;--radius:8px}`,
    '*{box-sizing:border-box}body{margin:0;font:16px/1.5 Inter,system-ui,sans-serif;color:var(--ink);background:var(--page)}',
    '.wrap{max-width:1120px;margin:0 auto;padding:24px 16px}.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px}',
    'header{border-bottom:1px solid var(--line);background:var(--card);position:sticky;top:0;z-index:10}',
    'header .bar{display:flex;gap:16px;align-items:center;max-width:1120px;margin:0 auto;padding:12px 16px}',
    'nav ul{display:flex;flex-wrap:wrap;gap:4px 14px;list-style:none;margin:0;padding:0}nav a{color:var(--soft);text-decoration:none}nav a:hover{color:var(--accent)}',
    '.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:16px}.card{background:var(--card);border:1px solid var(--line);border-radius:var(--radius);padding:16px;display:flex;flex-direction:column;gap:8px}',
    '.card h3{font-size:1rem;margin:0}.price{font-weight:600;font-variant-numeric:tabular-nums}.muted{color:var(--soft);font-size:.875rem}',
    'button,.button{font:inherit;border:1px solid var(--line);border-radius:6px;padding:6px 12px;background:var(--card);cursor:pointer}button.primary{background:var(--accent);color:#fff;border-color:transparent}button.danger{color:#ce2c31}',
    'input,select,textarea{font:inherit;padding:6px 10px;border:1px solid var(--line);border-radius:6px;width:100%}label{display:block;font-size:.875rem;margin:12px 0 4px}',
    'table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:8px 12px;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums}th{color:var(--soft);font-weight:500}',
    '.error{color:#ce2c31}.notice{background:#fff7c2;padding:8px 16px}.tag{display:inline-block;border:1px solid var(--line);border-radius:99px;padding:0 8px;font-size:.75rem}.state-running{color:#218358}.state-stopped{color:var(--soft)}',
    'footer{border-top:1px solid var(--line);margin-top:48px;padding:32px 16px;color:var(--soft)}.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:24px;max-width:1120px;margin:0 auto}footer ul{list-style:none;padding:0;margin:0}',
    '.pager{display:flex;gap:8px;justify-content:center;margin:24px 0}.pager a{padding:4px 10px;border:1px solid var(--line);border-radius:6px}.stars{color:#ffba18;letter-spacing:.1em}',
    '@media (max-width:720px){.grid{grid-template-columns:1fr}header .bar{flex-wrap:wrap}}@media (prefers-reduced-motion:no-preference){button{transition:background .12s}}',
  ];
  return new Markup(rules.join('\n'));
}

/** What single-page code finds on a page before it starts. */
function state(title: string): Markup {
  const known = { page: title, locale: 'en-GB', flags: { fastNav: true, newCards: false, lazyImages: true } };
  return new Markup(`window.__STATE__=${JSON.stringify(known).replaceAll('<', '\\u003c')};`);
}

const METRICS = new Markup(
  `(function(w,d){var q=w.metrics=w.metrics||[];function beat(n,v){q.push([n,v,Date.now()])}w.addEventListener("load",function(){var t=performance.getEntriesByType("navigation")[0];if(t){beat("ttfb",t.responseStart);beat("load",t.loadEventEnd)}});d.addEventListener("click",function(e){var a=e.target.closest("a,button");if(a){beat("click",a.getAttribute("data-id")||a.textContent.trim().slice(0,40))}},{passive:true});if("PerformanceObserver" in w){new PerformanceObserver(function(l){l.getEntries().forEach(function(e){beat(e.entryType,e.startTime)})}).observe({type:"largest-contentful-paint",buffered:true})}})(window,document);`,
);
