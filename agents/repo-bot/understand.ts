import { z } from 'zod';
import type { ChatDeps } from '../genai/chat.ts';
import { fillIn } from '../genai/fill-in.ts';
import { type HostDeps, ownCheckpoint } from './checkpoint.ts';
import { Comment, callHost, Issue, Pull, Repository, Tree } from './code-host.ts';
import { judgeRequest } from './forms.ts';
import { STEPS } from './progress.ts';
import { JUDGE } from './prompts.ts';

/** An issue that is to be gone on with, and what surrounds it. */
export type Understood = {
  request: string;
  summary: string;
  related: number[];
  /** The comment of an earlier run that was cut short. */
  checkpoint: number | null;
  /** Paths of all files, as far as the host gave them. */
  paths: ReadonlySet<string>;
  treeSha: string | null;
  remarks: string[];
};

/** `end`: nothing is to be written, and this is why. */
export type Understanding =
  | { kind: 'go-on'; issue: Understood }
  | { kind: 'end'; say: string; finished: boolean };

function end(say: string, finished = true): Understanding {
  return { kind: 'end', say, finished };
}

/** Reads the issue and what there is about the same, and decides whether to go on. */
export async function understand(host: HostDeps, model: Omit<ChatDeps, 'tools'>): Promise<Understanding> {
  const { repository, number } = host;
  const [about, issue] = await Promise.all([
    again(() => callHost(host, 'get_repository', { repository }, Repository)),
    again(() => callHost(host, 'get_issue', { repository, number }, Issue)),
  ]);
  if (!about.ok)
    return end(`I cannot read the repository ${repository}: ${about.problem}. Is the name right?`, true);
  if (!issue.ok)
    return end(`I cannot read issue #${number} of ${repository}: ${issue.problem}. Is the number right?`);
  if (issue.value.state === 'closed') return end(`#${number} is closed, so I left it alone.`);
  if (issue.value.locked) return end(`The conversation on #${number} is locked, so I left it alone.`);

  const [comments, issues, pulls, tree] = await Promise.all([
    again(() => callHost(host, 'list_comments', { repository, number }, z.array(Comment))),
    callHost(host, 'list_issues', { repository }, z.array(Issue)),
    callHost(host, 'list_pulls', { repository }, z.array(Pull)),
    callHost(host, 'get_tree', { repository, branch: about.value.default_branch }, Tree),
  ]);
  if (!comments.ok)
    return end(
      `I cannot read the comments on #${number}, and will not write blindly: ${comments.problem}`,
      false,
    );
  const earlier = ownCheckpoint(comments.value);
  if (earlier && earlier.done >= STEPS.length)
    return end(`I have answered on #${number} already, and nothing has been asked since.`);

  const files = tree.ok ? tree.value.tree.filter(({ type }) => type === 'blob').map(({ path }) => path) : [];
  const request = `${issue.value.title}\n\n${issue.value.body ?? ''}`.trim();
  const judged = await fillIn(
    model,
    judgeRequest,
    JUDGE,
    sections({
      Request: request,
      Repository: `${repository}: ${about.value.description ?? 'no description'}`,
      Comments: comments.value.map(({ user, body }) => `- ${user.login}: ${body}`),
      'Other issues': (issues.ok ? issues.value : [])
        .filter((other) => other.number !== number)
        .map((other) => `- #${other.number} (${other.state}) ${other.title}`),
      'Pull requests': (pulls.ok ? pulls.value : []).map(
        (pull) => `- #${pull.number} (${pull.merged ? 'merged' : pull.state}) ${pull.title}`,
      ),
      Folders: foldersOf(files).map((folder) => `- ${folder}`),
    }),
  );
  const numbers = judged.related.map((other) => `#${other}`).join(', ');
  switch (judged.verdict) {
    case 'unclear':
      return end(`I wrote nothing on #${number}. ${judged.question ?? 'What should be different?'}`);
    case 'elsewhere':
      return end(`#${number} is not about ${repository}, so I wrote nothing: ${judged.reason}`);
    case 'duplicate':
      return end(`#${number} asks for the same as ${numbers}, so I wrote nothing: ${judged.reason}`);
    case 'done':
      return end(
        `What #${number} asks for is there already, see ${numbers}; I wrote nothing: ${judged.reason}`,
      );
    case 'sensitive':
      return end(
        `I hand #${number} over to a person of the team. I wrote nothing in public: ${judged.reason}`,
      );
    case 'feature':
      return {
        kind: 'go-on',
        issue: {
          request,
          summary: judged.summary,
          related: judged.related,
          checkpoint: earlier?.id ?? null,
          paths: new Set(files),
          treeSha: tree.ok ? tree.value.sha : null,
          remarks: treeRemarks(tree),
        },
      };
  }
}

/** Reads that failed may be made once more. */
async function again<T extends { ok: boolean }>(call: () => Promise<T>): Promise<T> {
  const first = await call();
  return first.ok ? first : call();
}

function treeRemarks(tree: { ok: true; value: z.output<typeof Tree> } | { ok: false }): string[] {
  if (!tree.ok) return ['The list of files could not be had; paths are those of the index.'];
  return tree.value.truncated
    ? ['The host cut the list of files short; paths beyond it are those of the index.']
    : [];
}

/** Every folder with files in it. */
export function foldersOf(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split('/').slice(0, -1).join('/')))].filter(
    (folder) => folder !== '',
  );
}

/** A message of parts with headings; a part without content is left out. */
export function sections(parts: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(parts)
    .filter(([, content]) => content.length > 0)
    .map(([name, content]) => `# ${name}\n${typeof content === 'string' ? content : content.join('\n')}`)
    .join('\n\n');
}
