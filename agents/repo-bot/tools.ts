import { z } from 'zod';
import { defineTool, type Tool, withQuery } from '../genai/tool.ts';

const repository = z
  .string()
  .regex(/^[\w.-]+\/[\w.-]+$/)
  .describe('owner/name');
const number = z.int().positive();

function get(path: string) {
  return { api: 'code host', method: 'GET' as const, path };
}

/** The calls of the code host that the plan makes, with the shape of GitHub's REST API. */
export const TOOLS: readonly Tool[] = [
  defineTool(
    'get_repository',
    'What a repository is about, and the name of its main branch.',
    { parameters: z.strictObject({ repository }), writes: false },
    (given) => get(`/repos/${given.repository}`),
  ),
  defineTool(
    'get_issue',
    'An issue with its labels and its state.',
    { parameters: z.strictObject({ repository, number }), writes: false },
    (given) => get(`/repos/${given.repository}/issues/${given.number}`),
  ),
  defineTool(
    'list_comments',
    'The comments on an issue, the oldest first.',
    { parameters: z.strictObject({ repository, number }), writes: false },
    (given) => get(`/repos/${given.repository}/issues/${given.number}/comments?per_page=100`),
  ),
  defineTool(
    'list_issues',
    'The issues of a repository, open and closed, the newest first.',
    { parameters: z.strictObject({ repository }), writes: false },
    (given) => get(`/repos/${given.repository}/issues?state=all&per_page=50`),
  ),
  defineTool(
    'list_pulls',
    'The pull requests of a repository, open and closed, the newest first.',
    { parameters: z.strictObject({ repository }), writes: false },
    (given) => get(`/repos/${given.repository}/pulls?state=all&per_page=50`),
  ),
  defineTool(
    'get_tree',
    'The paths of all files on a branch.',
    { parameters: z.strictObject({ repository, branch: z.string() }), writes: false },
    (given) => get(`/repos/${given.repository}/git/trees/${encodeURIComponent(given.branch)}?recursive=1`),
  ),
  defineTool(
    'search_code',
    'Files of a repository that hold every word of the query.',
    { parameters: z.strictObject({ repository, query: z.string().min(1) }), writes: false },
    (given) =>
      get(withQuery('/search/code', { q: `${given.query} repo:${given.repository}`, per_page: '20' })),
  ),
  defineTool(
    'read_file',
    'The text of a file.',
    { parameters: z.strictObject({ repository, path: z.string() }), writes: false },
    (given) =>
      get(`/repos/${given.repository}/contents/${given.path.split('/').map(encodeURIComponent).join('/')}`),
  ),
  defineTool(
    'add_comment',
    'Comments on an issue. Everybody who follows it gets a mail.',
    { parameters: z.strictObject({ repository, number, body: z.string() }), writes: true },
    (given) => ({
      api: 'code host',
      method: 'POST',
      path: `/repos/${given.repository}/issues/${given.number}/comments`,
      body: { body: given.body },
    }),
  ),
  defineTool(
    'update_comment',
    'Changes a comment of one’s own. Nobody gets a mail.',
    { parameters: z.strictObject({ repository, comment: z.int(), body: z.string() }), writes: true },
    (given) => ({
      api: 'code host',
      method: 'PATCH',
      path: `/repos/${given.repository}/issues/comments/${given.comment}`,
      body: { body: given.body },
    }),
  ),
];
