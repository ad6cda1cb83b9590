import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';

type Batch = { values: number[] };

/** A log whose commits end when they are told to, the way they are told to. */
function controlled(options: { maxBytes?: number; maxWaitingBytes?: number } = {}) {
  const commits: { values: number[]; end: (error?: Error) => void }[] = [];
  const log = groupCommit<Batch>({
    open: () => ({ values: [] }),
    bytesOf: ({ values }) => values.length,
    commit: ({ values }) =>
      new Promise((resolve, reject) => {
        commits.push({ values, end: (error) => (error ? reject(error) : resolve()) });
      }),
    maxBytes: options.maxBytes ?? 1000,
    ...(options.maxWaitingBytes === undefined ? {} : { maxWaitingBytes: options.maxWaitingBytes }),
  });
  const add = (value: number) => log.add((batch) => batch.values.push(value));
  return { log, add, commits };
}

/** Lets everything happen that needs no more from outside. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('group commit', () => {
  it('commits at once when idle, and together what came meanwhile', async () => {
    const { add, commits } = controlled();
    const added = [add(1)];
    await settle();
    added.push(add(2), add(3));
    await settle();
    expect(commits.map(({ values }) => values)).toEqual([[1]]);
    commits[0]?.end();
    await settle();
    expect(commits.map(({ values }) => values)).toEqual([[1], [2, 3]]);
    commits[1]?.end();
    expect(await Promise.all(added)).toEqual([1, 1, 2]);
  });

  it('rejects its own caller alone when a fill throws', async () => {
    const { log, add, commits } = controlled();
    const failing = log.add(() => {
      throw new Error('no span');
    });
    const good = add(1);
    await expect(failing).rejects.toThrow('no span');
    await settle();
    commits[0]?.end();
    expect(await good).toBe(1);
    expect(commits).toHaveLength(1);
  });

  it('commits nothing when every fill throws', async () => {
    const { log, commits } = controlled();
    const failing = log.add(() => {
      throw new Error('no span');
    });
    await expect(failing).rejects.toThrow('no span');
    await log.close();
    expect(commits).toEqual([]);
  });

  it('survives a commit that throws before it waits', async () => {
    let calls = 0;
    const log = groupCommit<Batch>({
      open: () => ({ values: [] }),
      bytesOf: () => 0,
      commit: () => {
        if (calls++ === 0) throw new Error('first');
        return Promise.resolve();
      },
      maxBytes: 10,
    });
    await expect(log.add(() => 1)).rejects.toThrow('first');
    expect(await log.add(() => 2)).toBe(2);
  });

  it('refuses what would wait beyond the bound, before it fills anything', async () => {
    const { log, commits } = controlled({ maxBytes: 1, maxWaitingBytes: 10 });
    const add = (value: number) => log.add((batch) => batch.values.push(value), 6);
    const first = add(1);
    await settle();
    const open = add(2);
    const waits = add(3);
    await expect(add(4)).rejects.toMatchObject({ code: 'INGEST_FULL' });
    for (let place = 0; place < 3; place++) {
      commits[place]?.end();
      await settle();
    }
    await Promise.all([first, open, waits]);
    expect(commits.map(({ values }) => values)).toEqual([[1], [2], [3]]);
  });

  it('takes nothing once it is closed, and closes when all is committed', async () => {
    const { log, add, commits } = controlled();
    const last = add(1);
    let closed = false;
    const closing = log.close().then(() => {
      closed = true;
    });
    await expect(add(2)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await settle();
    expect(closed).toBe(false);
    commits[0]?.end();
    await Promise.all([last, closing]);
  });

  it('keeps its laws whatever comes in whatever order', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant('add' as const) },
      { weight: 1, arbitrary: fc.constant('throw' as const) },
      { weight: 2, arbitrary: fc.constant('commit' as const) },
      { weight: 1, arbitrary: fc.constant('fail' as const) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        async (steps, max) => {
          const { log, add, commits } = controlled({ maxBytes: max });
          const durable = new Set<number>();
          const lost = new Set<number>();
          let ended = 0;
          const end = (failure?: Error) => {
            const commit = commits[ended];
            if (!commit) return;
            ended++;
            for (const value of commit.values) (failure ? lost : durable).add(value);
            commit.end(failure);
          };
          const outcomes: Promise<void>[] = [];
          let added = 0;
          for (const action of steps) {
            if (action === 'add') {
              const value = added++;
              // At the moment at which the caller is told, its batch is durable, or its own batch failed.
              outcomes.push(
                add(value).then(
                  () => expect(durable.has(value)).toBe(true),
                  () => expect(lost.has(value)).toBe(true),
                ),
              );
            } else if (action === 'throw') {
              const thrown = log.add(() => {
                throw new Error('fill');
              });
              outcomes.push(expect(thrown).rejects.toThrow('fill'));
            } else {
              end(action === 'fail' ? new Error('disk') : undefined);
            }
            await settle();
            // One at a time.
            expect(commits.length - ended).toBeLessThanOrEqual(1);
          }
          while (ended < commits.length) {
            end();
            await settle();
          }
          await Promise.all(outcomes);
          await log.close();
          expect(commits.flatMap(({ values }) => values)).toEqual(Array.from({ length: added }, (_, i) => i));
          expect(commits.every(({ values }) => values.length <= max)).toBe(true);
        },
      ),
    );
  });
});
