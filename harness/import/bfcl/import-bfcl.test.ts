import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { importBfcl } from './import-bfcl.ts';

/** Tasks of our own making in the form of BFCL's files. */
const FILES = {
  GorillaFileSystem: {
    root: {
      home: {
        type: 'directory',
        contents: {
          drafts: { type: 'directory', contents: {} },
          'plan.txt': { type: 'file', content: 'b\na' },
        },
      },
    },
  },
};
const POSTS = {
  TwitterAPI: { username: 'ada', password: 'pw', authenticated: true, tweets: {}, tweet_counter: 7 },
};

const tasks = [
  task('multi_turn_base_0', ['Move plan.txt into drafts.', 'Sort it.', 'Call it final.txt.'], FILES),
  task('multi_turn_base_1', ['Post hello.', 'Comment on it.'], { ...POSTS }),
  task('multi_turn_base_2', ['Start the engine.'], { VehicleControlAPI: {} }),
  { ...task('multi_turn_base_3', ['List.'], FILES), missed_function: { '1': ['ls'] } },
  task('multi_turn_base_4', ['Read a file that is not there.'], FILES),
  task('multi_turn_base_5', ['Nonsense.'], FILES),
];
const answers = [
  answer('multi_turn_base_0', [
    ["mv(source='plan.txt',destination='drafts')"],
    ["cd('drafts')", "sort('plan.txt')"],
    ["mv('plan.txt', 'final.txt')"],
  ]),
  answer('multi_turn_base_1', [
    ["post_tweet(content='hello', tags=['#hi'])"],
    ["comment(tweet_id=7, comment_content='well said')"],
  ]),
  answer('multi_turn_base_4', [["cat(file_name='gone.txt')"]]),
  answer('multi_turn_base_5', [['open(file']]),
];

function task(id: string, said: string[], config: Record<string, unknown>) {
  const question = said.map((content) => [{ role: 'user', content }]);
  return { id, question, initial_config: config, path: [], involved_classes: Object.keys(config) };
}

function answer(id: string, ground_truth: string[][]) {
  return { id, ground_truth };
}

async function directoryWith(question: string, right: string | null): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'rehearse-bfcl-'));
  await mkdir(join(directory, 'data/possible_answer'), { recursive: true });
  await writeFile(join(directory, 'data/BFCL_v4_multi_turn_base.json'), question);
  if (right !== null)
    await writeFile(join(directory, 'data/possible_answer/BFCL_v4_multi_turn_base.json'), right);
  return directory;
}

const lines = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');

describe('importing BFCL', () => {
  it('makes a scenario of each task that can be one and says why of the others', async () => {
    const [base] = await importBfcl(await directoryWith(lines(tasks), lines(answers)));
    expect(base?.pack.name).toBe('bfcl-base');
    expect(base?.pack.scenarios.map(({ id }) => id)).toEqual([
      'bfcl-base/multi_turn_base_0',
      'bfcl-base/multi_turn_base_1',
      'bfcl-base/multi_turn_base_4',
    ]);
    expect(base?.leftOut.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('VehicleControlAPI'),
      expect.stringContaining('withholds'),
      expect.stringContaining('expected'),
    ]);
    expect([base?.calls, base?.refused]).toEqual([7, 1]);
  });

  it('scripts the turns and expects the end state, wherever the agent stands in the tree', async () => {
    const [base] = await importBfcl(await directoryWith(lines(tasks), lines(answers)));
    const [moved, posted] = base?.pack.scenarios ?? [];
    expect(moved?.user).toMatchObject({
      kind: 'script',
      turns: [{ say: 'Sort it.' }, { say: 'Call it final.txt.' }],
    });
    expect(moved?.expect.effects.map(({ operation, key }) => [operation, key]).sort()).toEqual([
      ['delete', { is: 'exact', value: '/plan.txt' }],
      ['insert', { is: 'exact', value: '/drafts/final.txt' }],
    ]);
    expect(moved?.expect.allow).toEqual(['files.session']);
    expect(moved?.expect.milestones.map(({ id, after }) => [id, after])).toEqual([
      ['turn-1', []],
      ['turn-3', ['turn-1']],
    ]);
    expect(posted?.expect.effects).toMatchObject([
      { table: 'posting.tweets', columns: { id: { value: 7 }, tags: { value: ['#hi'] } } },
      { table: 'posting.comments', columns: { content: { value: 'well said' } } },
    ]);
  });

  it.each([
    ['a folder without its files', null, null, 'DATA_DIRECTORY_MISSING'],
    ['tasks without answers', lines(tasks), null, 'DATA_DIRECTORY_MISSING'],
    ['a line that is cut', '{"id": "multi', '', 'DATA_UNREADABLE'],
    ['a line of another kind', '{"id": "multi_turn_base_0"}', '', 'DATA_UNREADABLE'],
  ])('refuses %s', async (_, question, right, code) => {
    const directory =
      question === null
        ? await mkdtemp(join(tmpdir(), 'rehearse-bfcl-'))
        : await directoryWith(question, right);
    await expect(importBfcl(directory)).rejects.toSatisfy(
      (error) => error instanceof AppError && error.code === code,
    );
  });
});
