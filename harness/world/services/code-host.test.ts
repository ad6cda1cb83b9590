import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../domain/effect.ts';
import { readSourceTree } from '../source-tree.ts';
import { openService } from './call-service.ts';
import { codeHost } from './code-host.ts';

const manifest = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../node_modules', name, 'package.json'), 'utf8'));

const commander: Row = {
  full_name: 'tj/commander.js',
  description: 'Command lines',
  default_branch: 'main',
  package: 'commander',
  version: manifest('commander').version,
  include: ['lib/*.js', 'index.js'],
  exclude: ['lib/error.js'],
};
const issue: Row = {
  key: 'tj/commander.js#7',
  repository: 'tj/commander.js',
  number: 7,
  title: 'Suggest options too',
  body: 'Only commands are suggested.',
  user: 'ann',
  state: 'open',
  labels: ['enhancement'],
  locked: false,
  created_at: '2026-03-01T09:00:00Z',
};
const closed = { ...issue, key: 'tj/commander.js#3', number: 3, state: 'closed', locked: true };

function open(repository = commander) {
  return openService(codeHost, {
    'code-host.accounts': [{ login: 'repo-bot' }],
    'code-host.repositories': [repository],
    'code-host.issues': [issue, closed],
    'code-host.comments': [
      { id: 12, issue: issue.key ?? '', user: 'ann', body: 'Any news?', created_at: '', updated_at: '' },
    ],
  });
}
const repo = '/repos/tj/commander.js';

describe('the source of a code host', () => {
  it('is what the package holds, chosen by globs', async () => {
    const { call } = open();
    const { body } = await call('GET', `${repo}/git/trees/main?recursive=1`);
    const { tree, truncated } = body as {
      tree: { path: string; type: string; sha: string }[];
      truncated: boolean;
    };
    expect(truncated).toBe(false);
    expect(tree.map(({ path }) => path)).toEqual([
      'index.js',
      'lib',
      'lib/argument.js',
      'lib/command.js',
      'lib/help.js',
      'lib/option.js',
      'lib/suggestSimilar.js',
    ]);
    const folder = tree.find(({ type }) => type === 'tree');
    const inside = await call('GET', `${repo}/git/trees/${folder?.sha}`);
    expect(inside.body).toMatchObject({ tree: [{ path: 'argument.js' }, {}, {}, {}, {}] });
    expect((await call('GET', `${repo}/git/trees/elsewhere`)).status).toBe(404);
  });

  it('is read file by file, with slashes in the path as they are or encoded', async () => {
    const { call } = open();
    const text = readFileSync(
      join(import.meta.dirname, '../../../node_modules/commander/lib/suggestSimilar.js'),
      'utf8',
    );
    for (const path of ['lib/suggestSimilar.js', 'lib%2FsuggestSimilar.js']) {
      const { body } = await call('GET', `${repo}/contents/${path}`);
      const file = body as { content: string; size: number };
      expect(Buffer.from(file.content, 'base64').toString()).toBe(text);
      expect(file.size).toBe(Buffer.byteLength(text));
    }
    expect((await call('GET', `${repo}/contents/lib`)).body).toHaveLength(5);
    expect((await call('GET', `${repo}/contents/lib/error.js`)).status).toBe(404);
  });

  it('is searched for files that hold every word, in a folder, the best first', async () => {
    const { call } = open();
    const paths = async (q: string) => {
      const { body } = await call('GET', `/search/code?q=${encodeURIComponent(q)}`);
      return (body as { items: { path: string }[] }).items.map(({ path }) => path);
    };
    expect(await paths('editdistance repo:tj/commander.js')).toEqual(['lib/suggestSimilar.js']);
    expect(await paths('editDistance nowhere-at-all repo:tj/commander.js')).toEqual([]);
    expect((await paths('suggestsimilar repo:tj/commander.js'))[0]).toBe('lib/suggestSimilar.js');
    expect(await paths('"function humanReadableArgName" path:lib repo:tj/commander.js')).toEqual([
      'lib/argument.js',
    ]);
    expect((await call('GET', '/search/code?q=editDistance')).status).toBe(422);
  });

  it('is refused where another version is installed than the scenario pins', () => {
    const other = { package: 'commander', version: '1.0.0', include: ['lib/*.js'], exclude: [] };
    expect(() => readSourceTree(other)).toThrow(/expected commander@1\.0\.0, got \d+\.\d+\.\d+: run npm ci/);
    expect(() => readSourceTree({ ...other, package: 'no-such-package' })).toThrow(/to be installed/);
  });
});

describe('the issues of a code host', () => {
  it('are listed, searched and read; a closed one only where it is asked for', async () => {
    const { call } = open();
    expect((await call('GET', `${repo}/issues`)).body).toMatchObject([
      { number: 7, user: { login: 'ann' }, labels: [{ name: 'enhancement' }] },
    ]);
    expect((await call('GET', `${repo}/issues?state=all`)).body).toMatchObject([
      { number: 7 },
      { number: 3 },
    ]);
    const { body } = await call('GET', '/search/issues?q=suggest%20repo:tj/commander.js%20state:closed');
    expect(body).toMatchObject({ total_count: 1, items: [{ number: 3 }] });
    expect((await call('GET', `${repo}/issues/8`)).status).toBe(404);
    expect((await call('GET', `${repo}/issues/seven`)).status).toBe(400);
  });

  it('take comments, which only their author changes', async () => {
    const { call, world } = open();
    const added = await call('POST', `${repo}/issues/7/comments`, { body: 'Looking.' });
    expect(added.body).toMatchObject({ id: 1_000_001, user: { login: 'repo-bot' }, body: 'Looking.' });
    const changed = await call('PATCH', `${repo}/issues/comments/1000001`, { body: 'Found.' });
    expect(changed.body).toMatchObject({ body: 'Found.' });
    expect((await call('PATCH', `${repo}/issues/comments/12`, { body: 'Mine.' })).status).toBe(403);
    expect((await call('POST', `${repo}/issues/3/comments`, { body: 'Late.' })).status).toBe(403);
    expect((await call('GET', `${repo}/issues/7/comments`)).body).toMatchObject([
      { id: 12 },
      { body: 'Found.' },
    ]);
    expect(world.journal.map(({ operation, key }) => `${operation} ${key}`)).toEqual([
      'insert 1000001',
      'update 1000001',
    ]);
  });

  it('are closed and labelled, and pull requests opened with the next number', async () => {
    const { call, world } = open();
    await call('PATCH', `${repo}/issues/7`, { state: 'closed', labels: ['wontfix'] });
    const pull = { title: 'Suggest options', head: 'suggest', base: 'main' };
    expect((await call('POST', `${repo}/pulls`, pull)).body).toMatchObject({ number: 8, state: 'open' });
    expect((await call('GET', `${repo}/pulls/8/files`)).body).toEqual([]);
    expect(world.journal.map(({ table }) => table)).toEqual(['code-host.issues', 'code-host.pulls']);
  });
});
