import { z } from 'zod';
import type { OperationContext, Service } from '../service.ts';
import { isoTime } from '../services/answers.ts';
import { commonPages } from './common-pages.ts';
import { icon, linkColumns, STAR_ICON } from './document.ts';
import { html, type Markup } from './markup.ts';
import { addressOf, PageNumber, pagerOf, sliceOf } from './pager.ts';
import { COMMON_TABLES, captchaWall, loginWall, notFound, sessionOf } from './session.ts';
import { type Redirect, type Screen, siteOf } from './site.ts';

const Repo = z.looseObject({
  /** `owner/name` */
  id: z.string(),
  description: z.string(),
  language: z.string(),
  stars: z.int(),
  readme: z.string(),
  files: z.array(z.string()),
  /** Repositories that take no issues say so. */
  issues_open: z.boolean().default(true),
});
type Repo = z.infer<typeof Repo>;

const Issue = z.looseObject({
  id: z.string(),
  repo: z.string(),
  number: z.int(),
  title: z.string(),
  body: z.string(),
  author: z.string(),
  state: z.enum(['open', 'closed']),
});
type Issue = z.infer<typeof Issue>;

const PAGE = 25;
const MOST_CHARACTERS = 120;

const reposOf = ({ table }: OperationContext): Repo[] =>
  [...table('repos').all()].map((row) => Repo.parse(row));
const issuesOf = ({ table }: OperationContext, repo: string): Issue[] =>
  [...table('issues').all()]
    .filter((row) => row.repo === repo)
    .map((row) => Issue.parse(row))
    .sort((a, b) => b.number - a.number);

type Params = { params: Record<string, string> };

function repoOf({ table, params }: OperationContext & Params): Repo | null {
  const row = table('repos').get(`${params.owner}/${params.name}`);
  return row ? Repo.parse(row) : null;
}

const NO_REPO = 'There is no such repository, or you may not see it.';

const site = siteOf({
  wall: captchaWall,
  frame: (context) => ({
    name: 'Anvil',
    accent: '#1f2328',
    header: html`<header><div class="bar"><a class="brand" href="./">${icon('M2 5h12l-3 4v4H6V9z')} Anvil</a>
<form class="search" role="search" action="search"><input name="q" type="search" aria-label="Search repositories" placeholder="Search repositories"><button>Search</button></form>
<nav aria-label="Main"><ul><li><a href="./">Home</a></li><li><a href="help/pull-requests">Pull requests</a></li><li><a href="help/explore">Explore</a></li><li><a href="starred">Your stars</a></li><li><span class="muted">${sessionOf(context).name}</span></li></ul></nav></div></header>`,
    footer: html`<footer>${linkColumns(FOOTER)}<p class="muted">© Anvil. Built by people who read the diff.</p></footer>`,
  }),
});

const FOOTER = {
  Product: ['Features', 'Security', 'Actions', 'Packages', 'Pricing', 'Changelog'],
  Platform: ['Developer API', 'Partners', 'Desktop', 'Mobile', 'Education'],
  Support: ['Docs', 'Community forum', 'Status', 'Contact support', 'Terms', 'Privacy'],
};

function repoHeader(context: OperationContext, repo: Repo): Markup {
  const starred = context.table('stars').get(repo.id) !== null;
  const forked = context.table('forks').get(repo.id) !== null;
  return html`<h1><a href="${repo.id}">${repo.id}</a></h1><p>${repo.description}</p>
<nav aria-label="Repository"><ul><li><a href="${repo.id}">Code</a></li><li><a href="${repo.id}/issues">Issues</a></li><li><a href="${repo.id}/settings">Settings</a></li></ul></nav>
<div class="actions"><form method="post" action="${repo.id}/${starred ? 'unstar' : 'star'}"><button>${icon(STAR_ICON)} ${starred ? 'Unstar' : 'Star'}</button> <span class="muted">${repo.stars + (starred ? 1 : 0)} stars</span></form>
<form method="post" action="${repo.id}/watch"><button>Watch</button></form>${forked ? html`<span class="muted">Forked into your account</span>` : html`<form method="post" action="${repo.id}/fork"><button>Fork</button></form>`}</div>`;
}

function issueForm(
  context: OperationContext,
  repo: Repo,
  values: { title: string; body: string },
  problems: readonly string[],
): Screen {
  return {
    title: `New issue in ${repo.id}`,
    status: problems.length > 0 ? 422 : 200,
    main: html`${repoHeader(context, repo)}<h2>New issue</h2>${problems.map((problem) => html`<p class="error" role="alert">${problem}</p>`)}
<form method="post" action="${repo.id}/issues"><label for="title">Title</label><input id="title" name="title" value="${values.title}">
<label for="body">Description</label><textarea id="body" name="body" rows="10">${values.body}</textarea><p class="muted">Say what you did, what you expected and what happened.</p>
<button class="primary">Submit new issue</button></form>`,
  };
}

/** A button of a repository's page. */
function change(id: string, summary: string, act: (context: OperationContext, repo: Repo) => string) {
  return site.form({
    id: `repos.${id}`,
    path: `/:owner/:name/${id}`,
    summary,
    submit(request): Redirect | Screen {
      const repo = repoOf(request);
      if (!repo) return notFound(NO_REPO);
      return loginWall(request) ?? { to: act(request, repo) };
    },
  });
}

/** The web pages of a code host: repositories, stars, forks, issues. */
export const forge: Service = {
  name: 'forge',
  tables: {
    ...COMMON_TABLES,
    repos: { key: 'id' },
    issues: { key: 'id' },
    comments: { key: 'id' },
    stars: { key: 'repo' },
    forks: { key: 'repo' },
    watches: { key: 'repo' },
  },
  operations: [
    ...commonPages(site),
    site.page({
      id: 'home',
      path: '/',
      summary: 'The start page',
      show: (request) => ({
        title: 'Home',
        main: html`<h1>Welcome, ${sessionOf(request).name}</h1><h2>Repositories you may know</h2><ul class="repos">${reposOf(
          request,
        )
          .toSorted((a, b) => b.stars - a.stars)
          .slice(0, 30)
          .map(repoRow)}</ul>`,
      }),
    }),
    site.page({
      id: 'repos.search',
      path: '/search',
      summary: 'Repositories whose name or description bears the text',
      query: z.object({ q: z.string().default(''), page: PageNumber }),
      show(request) {
        const { q, page } = request.query;
        const found = reposOf(request).filter(({ id, description }) =>
          `${id} ${description}`.toLowerCase().includes(q.toLowerCase()),
        );
        const slice = sliceOf(found, page, PAGE);
        return {
          title: `Search: ${q}`,
          main:
            found.length === 0
              ? html`<h1>No repositories match “${q}”</h1>`
              : html`<h1>${found.length} repositories</h1><ul class="repos">${slice.items.map(repoRow)}</ul>${pagerOf(slice, (number) => addressOf('search', { q, page: number }))}`,
        };
      },
    }),
    site.page({
      id: 'stars.list',
      path: '/starred',
      summary: 'What the user has starred',
      show: (request) => ({
        title: 'Your stars',
        main: html`<h1>Your stars</h1><ul class="repos">${reposOf(request)
          .filter(({ id }) => request.table('stars').get(id))
          .map(repoRow)}</ul>`,
      }),
    }),
    site.page({
      id: 'repos.get',
      path: '/:owner/:name',
      summary: 'A repository: its files and its read-me',
      show(request) {
        const repo = repoOf(request);
        if (!repo) return notFound(NO_REPO);
        return {
          title: repo.id,
          main: html`${repoHeader(request, repo)}<p class="muted">${repo.language}</p><table class="files"><tbody>${repo.files.map(
            (file) =>
              html`<tr class="file"><td>${icon('M3 1h7l3 3v11H3z')} ${file}</td><td class="muted">last changed this month</td></tr>`,
          )}</tbody></table><h2>Read me</h2><div class="readme">${repo.readme.split('\n\n').map((text) => html`<p>${text}</p>`)}</div>`,
        };
      },
    }),
    site.page({
      id: 'repos.settings',
      path: '/:owner/:name/settings',
      summary: 'What a repository can be changed by, its end included',
      show(request) {
        const repo = repoOf(request);
        if (!repo) return notFound(NO_REPO);
        return {
          title: `Settings of ${repo.id}`,
          main: html`${repoHeader(request, repo)}<h2>Danger zone</h2><p>There is no way back from these.</p><form method="post" action="${repo.id}/delete"><button class="danger">Delete this repository</button></form>`,
        };
      },
    }),
    site.page({
      id: 'issues.list',
      path: '/:owner/:name/issues',
      summary: 'The issues of a repository, newest first',
      query: z.object({ page: PageNumber, q: z.string().default('') }),
      show(request) {
        const repo = repoOf(request);
        if (!repo) return notFound(NO_REPO);
        const { q, page } = request.query;
        const found = issuesOf(request, repo.id).filter(({ title }) =>
          title.toLowerCase().includes(q.toLowerCase()),
        );
        const slice = sliceOf(found, page, PAGE);
        return {
          title: `Issues of ${repo.id}`,
          main: html`${repoHeader(request, repo)}<form role="search" action="${repo.id}/issues"><input name="q" aria-label="Search issues" placeholder="Search issues" value="${q}"><button>Filter</button></form>
${repo.issues_open ? html`<p><a class="button primary" href="${repo.id}/issues/new">New issue</a></p>` : html`<p class="notice">The maintainers take no issues here.</p>`}
<h2>${found.length} issues</h2><ul class="issues">${slice.items.map(
            ({ number, title, state, author }) =>
              html`<li class="issue"><a href="${repo.id}/issues/${number}">${title}</a> <span class="muted">#${number} ${state}, opened by ${author}</span></li>`,
          )}</ul>${pagerOf(slice, (number) => addressOf(`${repo.id}/issues`, { q, page: number }))}`,
        };
      },
    }),
    site.page({
      id: 'issues.new',
      path: '/:owner/:name/issues/new',
      summary: 'The form of a new issue',
      show(request) {
        const repo = repoOf(request);
        if (!repo) return notFound(NO_REPO);
        if (!repo.issues_open) return notFound('The maintainers take no issues here.');
        return loginWall(request) ?? issueForm(request, repo, { title: '', body: '' }, []);
      },
    }),
    site.page({
      id: 'issues.get',
      path: '/:owner/:name/issues/:number',
      summary: 'An issue with its comments',
      show(request) {
        const repo = repoOf(request);
        const issue =
          repo && issuesOf(request, repo.id).find(({ number }) => String(number) === request.params.number);
        if (!repo || !issue) return notFound('There is no such issue.');
        const comments = [...request.table('comments').all()].filter(({ issue_id }) => issue_id === issue.id);
        return {
          title: `${issue.title} · Issue #${issue.number}`,
          main: html`${repoHeader(request, repo)}<h2>${issue.title} #${issue.number}</h2><p><span class="tag">${issue.state}</span> opened by ${issue.author}</p><p>${issue.body}</p>${comments.map(
            ({ author, text }) =>
              html`<article class="card"><strong>${String(author)}</strong><p>${String(text)}</p></article>`,
          )}<form method="post" action="${repo.id}/issues/${issue.number}/comments"><label for="comment">Comment</label><textarea id="comment" name="text"></textarea><button>Comment</button></form>`,
        };
      },
    }),
    site.form({
      id: 'issues.create',
      path: '/:owner/:name/issues',
      summary: 'Opens an issue',
      submit(request): Redirect | Screen {
        const repo = repoOf(request);
        if (!repo?.issues_open) return notFound(NO_REPO);
        const wall = loginWall(request);
        if (wall) return wall;
        const title = request.fields.title?.trim() ?? '';
        const body = request.fields.body?.trim() ?? '';
        const problems = [
          ...(title === '' ? ['Title: an issue needs one.'] : []),
          ...(title.length > MOST_CHARACTERS ? [`Title: at most ${MOST_CHARACTERS} characters.`] : []),
          ...(body === '' ? ['Description: say what happened.'] : []),
        ];
        if (problems.length > 0) return issueForm(request, repo, { title, body }, problems);
        const number = Math.max(0, ...issuesOf(request, repo.id).map((issue) => issue.number)) + 1;
        request.table('issues').insert({
          id: `${repo.id}#${number}`,
          repo: repo.id,
          number,
          title,
          body,
          author: sessionOf(request).handle,
          state: 'open',
          created_at: isoTime(request.now),
        });
        return { to: `${repo.id}/issues/${number}` };
      },
    }),
    site.form({
      id: 'comments.create',
      path: '/:owner/:name/issues/:number/comments',
      summary: 'Comments on an issue',
      submit(request): Redirect | Screen {
        const repo = repoOf(request);
        const issue =
          repo && issuesOf(request, repo.id).find(({ number }) => String(number) === request.params.number);
        if (!repo || !issue) return notFound('There is no such issue.');
        const wall = loginWall(request);
        if (wall) return wall;
        const text = request.fields.text?.trim() ?? '';
        if (text === '')
          return { title: 'Comment', status: 422, main: html`<p class="error">A comment needs words.</p>` };
        request.table('comments').insert({
          id: request.newId('comment'),
          issue_id: issue.id,
          author: sessionOf(request).handle,
          text,
        });
        return { to: `${repo.id}/issues/${issue.number}` };
      },
    }),
    change('star', 'Stars a repository', ({ table }, { id }) => {
      if (!table('stars').get(id)) table('stars').insert({ repo: id });
      return id;
    }),
    change('unstar', 'Takes a star back', ({ table }, { id }) => {
      if (table('stars').get(id)) table('stars').delete(id);
      return id;
    }),
    change('watch', 'Watches a repository', ({ table }, { id }) => {
      if (!table('watches').get(id)) table('watches').insert({ repo: id });
      return id;
    }),
    change('fork', 'Forks a repository into the account of the user', (context, { id }) => {
      if (!context.table('forks').get(id))
        context.table('forks').insert({ repo: id, owner: sessionOf(context).handle });
      return id;
    }),
    change('delete', 'Deletes a repository', ({ table }, { id }) => {
      table('repos').delete(id);
      return './';
    }),
  ],
};

function repoRow({ id, description, language, stars }: Repo): Markup {
  return html`<li class="repo"><a href="${id}">${id}</a> <span class="muted">${description}</span> <span class="tag">${language}</span> ${stars} stars</li>`;
}
