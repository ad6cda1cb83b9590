import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WorldSpec } from '../../domain/world-spec.ts';
import { codeHost, createWorld } from '../../harness/index.ts';
import { host, REPOSITORIES, TASKS } from './repositories.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'datasets/repository-tasks');
const card = readFileSync(join(folder, 'README.md'), 'utf8');
const text = readFileSync(join(folder, 'tasks.json'), 'utf8');

describe('the repository tasks', () => {
  it('pin the versions that the lock file installs', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    for (const { package: name, version } of REPOSITORIES)
      expect({ name, version }).toEqual({ name, version: packages[`node_modules/${name}`]?.version });
  });

  it('name files that are in those packages', async () => {
    const spec = WorldSpec.parse({
      now: '2026-03-02T09:00:00Z',
      services: ['code-host'],
      fixtures: ['host'],
    });
    const world = createWorld({ spec, services: [codeHost], fixtures: { host }, seed: 'dataset' });
    for (const { full_name: repository } of REPOSITORIES) {
      const url = `${world.environment.CODE_HOST_URL}/repos/${repository}/git/trees/main?recursive=1`;
      const { tree } = (await (await world.handle(new Request(url))).json()) as { tree: { path: string }[] };
      const paths = new Set(tree.map(({ path }) => path));
      const missing = TASKS.filter((task) => task.repository === repository)
        .flatMap(({ id, files }) => files.map((path) => ({ id, path })))
        .filter(({ path }) => !paths.has(path));
      expect(missing).toEqual([]);
    }
  });

  it('are at least 25, each of its own id and of a known repository, with the reason for its files', () => {
    expect(TASKS.length).toBeGreaterThanOrEqual(25);
    expect(new Set(TASKS.map(({ id }) => id)).size).toBe(TASKS.length);
    const names = REPOSITORIES.map(({ full_name }) => full_name);
    expect(TASKS.filter(({ repository, why }) => !names.includes(repository) || why.length < 20)).toEqual([]);
    // A request that names the file it wants asks nothing of a search.
    expect(
      TASKS.filter(({ title, body, files }) => files.some((path) => `${title} ${body}`.includes(path))),
    ).toEqual([]);
  });

  it('are as the card says', () => {
    expect(card).toContain(createHash('sha256').update(text).digest('hex'));
    expect(card).toContain(`${TASKS.length} tasks of ${REPOSITORIES.length} packages`);
    for (const { package: name, version } of REPOSITORIES) {
      const count = TASKS.filter(({ repository }) => {
        return REPOSITORIES.find(({ full_name }) => full_name === repository)?.package === name;
      }).length;
      expect(card).toMatch(new RegExp(`\\| \`${name}\` +\\| ${version} +\\| \\S+ +\\| ${count} `));
    }
  });
});
