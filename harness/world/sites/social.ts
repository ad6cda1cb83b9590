import { z } from 'zod';
import type { OperationContext, Service } from '../service.ts';
import { isoTime } from '../services/answers.ts';
import { commonPages } from './common-pages.ts';
import { icon, linkColumns, USER_ICON } from './document.ts';
import { html, type Markup } from './markup.ts';
import { addressOf, PageNumber, pagerOf, sliceOf } from './pager.ts';
import { COMMON_TABLES, captchaWall, loginWall, notFound, sessionOf } from './session.ts';
import { type Redirect, type Screen, siteOf } from './site.ts';

const Person = z.looseObject({
  handle: z.string(),
  name: z.string(),
  bio: z.string(),
  followers: z.int(),
});
type Person = z.infer<typeof Person>;

const Post = z.looseObject({
  id: z.string(),
  author: z.string(),
  text: z.string(),
  posted_at: z.string(),
});
type Post = z.infer<typeof Post>;

const MOST_CHARACTERS = 280;
const PAGE = 20;

const peopleOf = ({ table }: OperationContext): Person[] =>
  [...table('people').all()].map((row) => Person.parse(row));
const personOf = ({ table }: OperationContext, handle: string): Person | null => {
  const row = table('people').get(handle);
  return row ? Person.parse(row) : null;
};
const follows = ({ table }: OperationContext, handle: string) => table('follows').get(handle) !== null;
const postsOf = ({ table }: OperationContext): Post[] =>
  [...table('posts').all()]
    .map((row) => Post.parse(row))
    .sort((a, b) => (a.posted_at < b.posted_at ? 1 : -1));

const site = siteOf({
  wall: (context) => captchaWall(context) ?? loginWall(context),
  frame: (context) => ({
    name: 'Perch',
    accent: '#1d6fe0',
    header: html`<header><div class="bar"><a class="brand" href="./">${icon('M3 10c4-8 8-6 10-4-3 0-2 8-10 4z')} Perch</a>
<form class="search" role="search" action="explore"><input name="q" type="search" aria-label="Search people" placeholder="Search people"><button>Search</button></form>
<nav aria-label="Main"><ul><li><a href="./">Feed</a></li><li><a href="explore">Explore</a></li><li><a href="following">Following</a></li><li><a href="compose">New post</a></li><li><a href="u/${sessionOf(context).handle}">${icon(USER_ICON)} Profile</a></li></ul></nav></div></header>`,
    footer: html`<aside class="wrap"><h4>Trends</h4><ul>${TRENDS.map((trend) => html`<li class="trend"><a href="explore?q=${trend}">#${trend}</a> <span class="muted">much talked about today</span></li>`)}</ul></aside><footer>${linkColumns(FOOTER)}<p class="muted">© Perch. Be kind.</p></footer>`,
  }),
});

const TRENDS = [
  'lighthouse',
  'regatta',
  'typescript',
  'sourdough',
  'northernlights',
  'tides',
  'chess',
  'opensource',
];
const FOOTER = {
  Perch: ['About', 'Blog', 'Jobs', 'Brand', 'Status'],
  Help: ['Help centre', 'Safety', 'Rules', 'Report a post', 'Accessibility'],
  Legal: ['Terms', 'Privacy policy', 'Cookie policy', 'Ads info'],
};

/** A button that changes something about a person or a post. */
function action(address: string, label: string, kind = ''): Markup {
  return html`<form method="post" action="${address}"><button class="${kind}">${label}</button></form>`;
}

function followAction(context: OperationContext, { handle }: Person): Markup | null {
  if (handle === sessionOf(context).handle) return null;
  return follows(context, handle)
    ? action(`u/${handle}/unfollow`, `Unfollow @${handle}`)
    : action(`u/${handle}/follow`, `Follow @${handle}`, 'primary');
}

function postMarkup(context: OperationContext, { id, author, text, posted_at }: Post): Markup {
  const own = author === sessionOf(context).handle;
  return html`<article class="card post"><p><a href="u/${author}"><strong>${personOf(context, author)?.name ?? author}</strong> @${author}</a> <a class="muted" href="posts/${id}">${posted_at.slice(0, 16).replace('T', ' ')}</a></p>
<p>${text}</p>${action(`posts/${id}/like`, 'Like')}${own && action(`posts/${id}/delete`, 'Delete post', 'danger')}</article>`;
}

function personRow(context: OperationContext, person: Person): Markup {
  return html`<li class="person"><a href="u/${person.handle}">${person.name} @${person.handle}</a> <span class="muted">${person.bio}</span> ${followAction(context, person)}</li>`;
}

function composer(text: string, problem: string | null): Screen {
  return {
    title: 'New post',
    status: problem === null ? 200 : 422,
    main: html`<h1>New post</h1>${problem !== null && html`<p class="error" role="alert">${problem} Nothing was posted.</p>`}
<form method="post" action="posts"><label for="text">What is on your mind?</label><textarea id="text" name="text" rows="5" maxlength="1000">${text}</textarea>
<p class="muted">At most ${MOST_CHARACTERS} characters. A post is seen by everybody at once.</p><button class="primary">Publish</button></form>`,
  };
}

function changeOf(
  id: string,
  path: string,
  summary: string,
  change: (context: OperationContext, handle: string) => void,
) {
  return site.form({
    id,
    path,
    summary,
    submit({ params: { handle = '' }, ...context }): Redirect | Screen {
      if (!personOf(context, handle)) return notFound(`There is nobody called @${handle}.`);
      change(context, handle);
      return { to: `u/${handle}` };
    },
  });
}

/** The web site of a social network: a feed, people to follow, posts. */
export const social: Service = {
  name: 'social',
  tables: {
    ...COMMON_TABLES,
    people: { key: 'handle' },
    posts: { key: 'id', irreversible: true },
    follows: { key: 'handle' },
    likes: { key: 'post_id' },
  },
  operations: [
    ...commonPages(site),
    site.page({
      id: 'feed',
      path: '/',
      summary: 'The latest posts',
      query: z.object({ page: PageNumber }),
      show(request) {
        const slice = sliceOf(postsOf(request), request.query.page, PAGE);
        return {
          title: 'Feed',
          main: html`<h1>Feed</h1>${slice.items.map((post) => postMarkup(request, post))}${pagerOf(slice, (page) => addressOf('./', { page }))}`,
        };
      },
    }),
    site.page({
      id: 'people.search',
      path: '/explore',
      summary: 'People whose name or handle bears the text',
      query: z.object({ q: z.string().default(''), page: PageNumber }),
      show(request) {
        const { q, page } = request.query;
        const wanted = q.toLowerCase().replace(/^@/, '');
        const found = peopleOf(request).filter(({ handle, name }) =>
          `${handle} ${name}`.toLowerCase().includes(wanted),
        );
        const slice = sliceOf(found, page, PAGE);
        return {
          title: 'Explore',
          main:
            found.length === 0
              ? html`<h1>Nobody found for “${q}”</h1><p>Check the spelling of the name.</p>`
              : html`<h1>People</h1><ul class="people">${slice.items.map((person) => personRow(request, person))}</ul>${pagerOf(slice, (number) => addressOf('explore', { q, page: number }))}`,
        };
      },
    }),
    site.page({
      id: 'people.following',
      path: '/following',
      summary: 'Whom the user follows',
      query: z.object({ page: PageNumber }),
      show(request) {
        const people = peopleOf(request).filter(({ handle }) => follows(request, handle));
        const slice = sliceOf(people, request.query.page, PAGE);
        return {
          title: 'Following',
          main: html`<h1>You follow ${people.length} people</h1><ul class="people">${slice.items.map((person) => personRow(request, person))}</ul>${pagerOf(slice, (page) => addressOf('following', { page }))}`,
        };
      },
    }),
    site.page({
      id: 'people.get',
      path: '/u/:handle',
      summary: 'A person and what they posted',
      show(request) {
        const person = personOf(request, request.params.handle ?? '');
        if (!person) return notFound(`There is nobody called @${request.params.handle}.`);
        const posts = postsOf(request).filter(({ author }) => author === person.handle);
        return {
          title: `${person.name} @${person.handle}`,
          main: html`<h1>${person.name} @${person.handle}</h1><p>${person.bio}</p><p class="muted">${person.followers} followers</p>${followAction(request, person)}<h2>Posts</h2>${posts.slice(0, PAGE).map((post) => postMarkup(request, post))}`,
        };
      },
    }),
    changeOf('people.follow', '/u/:handle/follow', 'Follows a person', ({ table, now }, handle) => {
      if (!table('follows').get(handle)) table('follows').insert({ handle, since: isoTime(now) });
    }),
    changeOf('people.unfollow', '/u/:handle/unfollow', 'Follows a person no more', ({ table }, handle) => {
      if (table('follows').get(handle)) table('follows').delete(handle);
    }),
    site.page({
      id: 'compose',
      path: '/compose',
      summary: 'The form of a new post',
      show: () => composer('', null),
    }),
    site.form({
      id: 'posts.create',
      path: '/posts',
      summary: 'Publishes a post',
      submit({ fields, ...context }): Redirect | Screen {
        const text = fields.text?.trim() ?? '';
        if (text === '') return composer('', 'A post needs words.');
        if (text.length > MOST_CHARACTERS)
          return composer(text, `Your post has ${text.length} characters, ${MOST_CHARACTERS} are allowed.`);
        const { id } = context.table('posts').insert({
          id: context.newId('post'),
          author: sessionOf(context).handle,
          text,
          posted_at: isoTime(context.now),
        });
        return { to: `posts/${id}` };
      },
    }),
    site.page({
      id: 'posts.get',
      path: '/posts/:id',
      summary: 'A post',
      show(request) {
        const row = request.table('posts').get(request.params.id ?? '');
        if (!row) return notFound('This post is not there any more.');
        const post = Post.parse(row);
        return { title: `Post by @${post.author}`, main: html`<h1>Post</h1>${postMarkup(request, post)}` };
      },
    }),
    site.form({
      id: 'posts.like',
      path: '/posts/:id/like',
      summary: 'Likes a post',
      submit({ params: { id = '' }, table }): Redirect | Screen {
        if (!table('posts').get(id)) return notFound('This post is not there any more.');
        if (!table('likes').get(id)) table('likes').insert({ post_id: id });
        return { to: `posts/${id}` };
      },
    }),
    site.form({
      id: 'posts.delete',
      path: '/posts/:id/delete',
      summary: 'Deletes a post of the user',
      submit({ params: { id = '' }, ...context }): Redirect | Screen {
        if (context.table('posts').get(id)?.author !== sessionOf(context).handle)
          return notFound('You have no such post.');
        context.table('posts').delete(id);
        return { to: './' };
      },
    }),
  ],
};
