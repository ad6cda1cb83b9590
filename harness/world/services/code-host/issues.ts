import { z } from 'zod';
import type { Row } from '../../../../domain/effect.ts';
import { defineOperation } from '../../define-operation.ts';
import { RefusalBody } from '../../refusal.ts';
import type { Operation, Reply } from '../../service.ts';
import { refusal } from '../../world-request.ts';
import { isoTime } from '../answers.ts';
import {
  keyOf,
  listed,
  loginOf,
  page,
  perPage,
  repositoryOf,
  State,
  shown,
  unknownRepository,
} from './records.ts';
import { readQuery, searchIssues } from './search.ts';
import { Comment, found, Issue } from './shapes.ts';

const NewComment = z.strictObject({ body: z.string().trim().min(1).max(65_536) });
const number = z.string().regex(/^\d+$/, 'expected the number of an issue');
const Paged = z.object({ per_page: perPage });

function unknownIssue(params: { owner: string; repo: string; number: string }): Reply {
  return refusal(404, 'not_found', `no issue has the number ${keyOf(params, params.number)}`);
}

const list = defineOperation({
  id: 'issues.list',
  method: 'GET',
  path: '/repos/:owner/:repo/issues',
  summary: 'The issues of a repository, the newest first; without a state the open ones',
  query: State,
  replies: { 200: z.array(Issue), 404: RefusalBody },
  handle({ params, query: { state, per_page }, table }) {
    const repository = repositoryOf(params, table);
    if (!repository) return unknownRepository(params);
    const rows = listed(table('issues').all(), String(repository.full_name), state);
    return { status: 200, body: page(rows, per_page).map(shown) };
  },
});

const search = defineOperation({
  id: 'search.issues',
  method: 'GET',
  path: '/search/issues',
  summary:
    'Issues in whose title or body every word of q occurs, the newest first; repo: and state: narrow it down',
  query: z.object({ q: z.string().min(1).max(256), per_page: perPage }),
  replies: { 200: found(Issue) },
  handle({ query: { q, per_page }, table }) {
    const rows = searchIssues(readQuery(q), table('issues').all());
    const items = page(rows, per_page).map(shown);
    return { status: 200, body: { total_count: rows.length, incomplete_results: false, items } };
  },
});

const get = defineOperation({
  id: 'issues.get',
  method: 'GET',
  path: '/repos/:owner/:repo/issues/:number',
  summary: 'An issue',
  params: { number },
  replies: { 200: Issue, 404: RefusalBody },
  handle({ params, table }) {
    const issue = table('issues').get(keyOf(params, params.number));
    return issue ? { status: 200, body: shown(issue) } : unknownIssue(params);
  },
});

const change = defineOperation({
  id: 'issues.update',
  method: 'PATCH',
  path: '/repos/:owner/:repo/issues/:number',
  summary: 'Changes the title, the state or the labels of an issue',
  params: { number },
  body: z
    .strictObject({
      title: z.string().trim().min(1),
      state: z.enum(['open', 'closed']),
      labels: z.array(z.string().min(1)),
    })
    .partial()
    .refine((patch) => Object.keys(patch).length > 0, 'expected at least one field to change'),
  replies: { 200: Issue, 404: RefusalBody },
  handle({ params, body: { title, state, labels }, table }) {
    const key = keyOf(params, params.number);
    if (!table('issues').get(key)) return unknownIssue(params);
    const columns: Row = {
      ...(title !== undefined && { title }),
      ...(state !== undefined && { state }),
      ...(labels !== undefined && { labels }),
    };
    return { status: 200, body: shown(table('issues').update(key, columns)) };
  },
});

const listComments = defineOperation({
  id: 'comments.list',
  method: 'GET',
  path: '/repos/:owner/:repo/issues/:number/comments',
  summary: 'The comments on an issue, the oldest first',
  params: { number },
  query: Paged,
  replies: { 200: z.array(Comment), 404: RefusalBody },
  handle({ params, query: { per_page }, table }) {
    const key = keyOf(params, params.number);
    if (!table('issues').get(key)) return unknownIssue(params);
    const rows = [...table('comments').all()].filter((comment) => comment.issue === key);
    return { status: 200, body: page(rows, per_page).map(shown) };
  },
});

const addComment = defineOperation({
  id: 'comments.add',
  method: 'POST',
  path: '/repos/:owner/:repo/issues/:number/comments',
  summary: 'Comments on an issue; those who follow it get a mail',
  params: { number },
  body: NewComment,
  replies: { 201: Comment, 403: RefusalBody, 404: RefusalBody },
  handle({ params, body: { body }, table, newId, now }) {
    const key = keyOf(params, params.number);
    const issue = table('issues').get(key);
    if (!issue) return unknownIssue(params);
    if (issue.locked === true) return refusal(403, 'locked', `the conversation on ${key} is locked`);
    const at = isoTime(now);
    const row = table('comments').insert({
      id: numbered(newId('comment')),
      issue: key,
      user: loginOf(table),
      body,
      created_at: at,
      updated_at: at,
    });
    return { status: 201, body: shown(row) };
  },
});

const changeComment = defineOperation({
  id: 'comments.update',
  method: 'PATCH',
  path: '/repos/:owner/:repo/issues/comments/:id',
  summary: 'Changes the text of a comment of one’s own; nobody gets a mail',
  body: NewComment,
  replies: { 200: Comment, 403: RefusalBody, 404: RefusalBody },
  handle({ params: { id }, body: { body }, table, now }) {
    const comment = table('comments').get(id);
    if (!comment) return refusal(404, 'not_found', `no comment has the id ${id}`);
    if (comment.user !== loginOf(table)) return refusal(403, 'forbidden', `comment ${id} is somebody else’s`);
    const row = table('comments').update(id, { body, updated_at: isoTime(now) });
    return { status: 200, body: shown(row) };
  },
});

/** GitHub's ids are numbers: `comment_3` is 1000003, far from those that fixtures take. */
function numbered(id: string): number {
  return 1_000_000 + Number(id.slice(id.lastIndexOf('_') + 1));
}

export const issueOperations: Operation[] = [
  list,
  search,
  get,
  change,
  listComments,
  addComment,
  changeComment,
];
