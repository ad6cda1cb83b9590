import { z } from 'zod';
import type { ToolDeps } from '../genai/run-tool.ts';
import { Comment, callHost } from './code-host.ts';
import { comment, type Progress, stepsDone } from './progress.ts';

export type HostDeps = ToolDeps & {
  /** The ids of calls. */
  nextCall(): string;
  repository: string;
  number: number;
};

/** Keeps the progress in one comment on the issue, changed in place, so that a run that is cut short has said what it knew. */
export type Checkpoint = {
  /** Whether the comment shows this progress now. */
  save(progress: Progress): Promise<boolean>;
};

/** @param existing the id of a comment of an earlier run, which is gone on with */
export function openCheckpoint(deps: HostDeps, existing: number | null): Checkpoint {
  const { repository, number } = deps;
  let id = existing;

  /** A comment whose answer was lost may stand there all the same: to send it again without a look may do it twice. */
  const findOwn = async (body: string): Promise<number | null> => {
    const comments = await callHost(deps, 'list_comments', { repository, number }, z.array(Comment));
    if (!comments.ok)
      throw new Error(`whether the comment stands on the issue is not known: ${comments.problem}`);
    return comments.value.find((one) => one.body === body)?.id ?? null;
  };

  const add = async (body: string): Promise<boolean> => {
    for (let attempt = 0; attempt < 2; attempt++) {
      const added = await callHost(deps, 'add_comment', { repository, number, body }, Comment);
      if (added.ok) id = added.value.id;
      else if (!added.mayHaveActed) return false;
      else id = await findOwn(body);
      if (id !== null) return true;
    }
    return false;
  };

  return {
    async save(progress) {
      const body = comment(progress);
      if (id === null) return add(body);
      const given = { repository, comment: id, body };
      // To change it twice is to change it once.
      const changed = await callHost(deps, 'update_comment', given, Comment);
      return changed.ok || (await callHost(deps, 'update_comment', given, Comment)).ok;
    },
  };
}

/** The comment in which an earlier run of ours keeps its progress. */
export function ownCheckpoint(comments: readonly Comment[]): { id: number; done: number } | null {
  for (const { id, body } of comments) {
    const done = stepsDone(body);
    if (done !== null) return { id, done };
  }
  return null;
}
