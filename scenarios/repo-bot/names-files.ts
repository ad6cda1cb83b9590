import { z } from 'zod';
import type { Json } from '../../domain/json.ts';
import type { PackCheck, TrialRecord } from '../../harness/index.ts';
import { BOT } from './repositories.ts';

/** The files of the ground truth, and what has to be among the first of those that the comment names. */
const Given = z.strictObject({
  issue: z.string(),
  files: z.array(z.string()).min(1),
  /** Least part of the files that has to be among the first ten. */
  recallAt10: z.number(),
});

/** Where the list of a comment has to have its first hit, and where it has to end. */
const FIRST = 5;
const LONGEST = 10;

/** A path in the list of a comment: "1. `src/a.ts`", "- `src/a.ts`". */
const ITEM = /^\s*(?:\d+\.|[-*]) `([^`\s]+\.\w+)`/gm;

/** The files that the agent's last word on an issue names in its lists, in their order. */
export function namedFiles({ journal }: Pick<TrialRecord, 'journal'>, issue: string): string[] {
  const written = journal.filter(
    ({ table, after }) => table === 'code-host.comments' && after?.issue === issue && after.user === BOT,
  );
  const body = String(written.at(-1)?.after?.body ?? '');
  return [...new Set([...body.matchAll(ITEM)].map(([, path = '']) => path))];
}

/** The part of the true files that is among the first `k`. */
export function recallAt(k: number, named: readonly string[], files: readonly string[]): number {
  return hits(k, named, files) / files.length;
}

/** The part of the first `k` that is true; of a shorter list, of all of it. */
export function precisionAt(k: number, named: readonly string[], files: readonly string[]): number {
  const shown = Math.min(k, named.length);
  return shown === 0 ? 0 : hits(k, named, files) / shown;
}

function hits(k: number, named: readonly string[], files: readonly string[]): number {
  return named.slice(0, k).filter((path) => files.includes(path)).length;
}

/**
 * Whether the comment helps a contributor: the share of the true files among the first ten is large enough, one of them
 * is among the first five, and no more than ten are named.
 */
export const namesFiles: PackCheck = {
  version: 1,
  check(record, given) {
    const { issue, files, recallAt10 } = Given.parse(given);
    const named = namedFiles(record, issue);
    const recall = recallAt(LONGEST, named, files);
    const finding = (message: string, expected: Json, actual: Json) => ({
      message,
      expected,
      actual,
      spanId: null,
    });
    return [
      ...(recall < recallAt10
        ? [
            finding(
              `recall at ${LONGEST} is ${percent(recall)}, expected ${percent(recallAt10)}`,
              files,
              named,
            ),
          ]
        : []),
      ...(hits(FIRST, named, files) === 0
        ? [
            finding(
              `none of the first ${FIRST} files is one that the change touches`,
              files,
              named.slice(0, FIRST),
            ),
          ]
        : []),
      ...(named.length > LONGEST
        ? [finding(`${named.length} files are named, expected ${LONGEST} at most`, LONGEST, named.length)]
        : []),
    ];
  },
  notes(record, given) {
    const { issue, files } = Given.parse(given);
    const named = namedFiles(record, issue);
    return [FIRST, LONGEST].map((k) => {
      const recall = recallAt(k, named, files);
      const precision = precisionAt(k, named, files);
      const message = `at ${k}: recall ${percent(recall)} (${hits(k, named, files)} of ${files.length}), precision ${percent(precision)}`;
      return { message, done: recall === 1, spanId: null };
    });
  },
};

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
