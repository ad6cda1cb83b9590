import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError, messageOf } from '../domain/errors.ts';

export type CommentOptions = {
  /** `comment.md` of the reports. */
  file: string;
  /** `owner/name`. */
  repository?: string;
  pull?: number;
  /** The address of the whole report, added at the end. */
  report?: string;
  signal: AbortSignal;
};

const Comments = z.array(z.object({ id: z.number(), body: z.string().nullable() }));
const pageSize = 100;
const mostPages = 50;
const patienceMillis = 30_000;

/**
 * Writes the comment on a pull request of GitHub, or, where a comment with the same first line (its marker) is there
 * already, writes over that one. Token and address come from GITHUB_TOKEN and GITHUB_API_URL.
 */
export async function comment(options: CommentOptions): Promise<number> {
  const body = await readBody(options);
  const marker = body.split('\n', 1)[0] ?? '';
  if (!marker.startsWith('<!-- rehearse: '))
    throw new AppError(
      'USAGE',
      `expected comment.md of the reports, got ${options.file} without their marker`,
    );
  const { repository, pull } = placeOf(options);
  const comments = `/repos/${repository}/issues/${pull}/comments`;
  const held = await findComment(comments, marker, options.signal);
  if (held === null) await ask('POST', comments, options.signal, { body });
  else await ask('PATCH', `/repos/${repository}/issues/comments/${held}`, options.signal, { body });
  console.log(`${held === null ? 'wrote' : 'updated'} the comment on ${repository}#${pull}`);
  return 0;
}

async function readBody({ file, report }: CommentOptions): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('USAGE', `expected a file to post, got ${file}: ${messageOf(cause)}`, { cause });
  });
  if (report === undefined || report === '') return text;
  const url = URL.parse(report);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new AppError('USAGE', `expected an address in --report, got "${report}"`);
  return `${text}\n[The whole report](${url.href.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))})\n`;
}

function placeOf({ repository, pull }: CommentOptions): { repository: string; pull: number } {
  const where = repository ?? process.env.GITHUB_REPOSITORY ?? '';
  const number = pull ?? Number(/^refs\/pull\/(\d+)\//.exec(process.env.GITHUB_REF ?? '')?.[1]);
  if (!/^[\w.-]+\/[\w.-]+$/.test(where))
    throw new AppError('USAGE', `expected owner/name in --repository or GITHUB_REPOSITORY, got "${where}"`);
  if (!Number.isSafeInteger(number))
    throw new AppError('USAGE', 'expected the number of a pull request in --pull, or GITHUB_REF of one');
  return { repository: where, pull: number };
}

async function findComment(path: string, marker: string, signal: AbortSignal): Promise<number | null> {
  for (let page = 1; page <= mostPages; page++) {
    const answer = await ask('GET', `${path}?per_page=${pageSize}&page=${page}`, signal);
    const comments = Comments.parse(await answer.json());
    const found = comments.find(({ body }) => body?.startsWith(marker));
    if (found) return found.id;
    if (comments.length < pageSize) return null;
  }
  return null;
}

/** @throws AppError COMMENT_REFUSED */
async function ask(method: string, path: string, signal: AbortSignal, content?: object): Promise<Response> {
  const base = process.env.GITHUB_API_URL ?? 'https://api.github.com';
  const token = process.env.GITHUB_TOKEN ?? '';
  const answer = await fetch(base + path, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      'user-agent': 'rehearse',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(content ? { 'content-type': 'application/json' } : {}),
    },
    ...(content ? { body: JSON.stringify(content) } : {}),
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMillis)]),
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new AppError('COMMENT_REFUSED', `expected an answer of ${base}: ${messageOf(cause)}`, { cause });
  });
  if (answer.ok) return answer;
  throw new AppError(
    'COMMENT_REFUSED',
    `expected ${base} to take ${method} ${path.split('?')[0]}, got ${answer.status}: ${(await answer.text()).slice(0, 200)}`,
  );
}
