import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fixture } from '../../harness/index.ts';
import { takesAt } from '../manners.ts';

const Repository = z.strictObject({
  full_name: z.string(),
  description: z.string(),
  language: z.string(),
  default_branch: z.string(),
  package: z.string(),
  version: z.string(),
  include: z.array(z.string()),
  exclude: z.array(z.string()),
});

/** A request, and the files of the pinned package that the change would touch. */
const RepositoryTask = z.strictObject({
  id: z.string(),
  repository: z.string(),
  title: z.string(),
  body: z.string(),
  files: z.array(z.string()).min(1),
  /** How the files were worked out. */
  why: z.string(),
});
export type RepositoryTask = z.infer<typeof RepositoryTask>;

const Dataset = z.strictObject({
  version: z.literal(1),
  repositories: z.array(Repository),
  tasks: z.array(RepositoryTask),
});

const file = join(import.meta.dirname, '../../datasets/repository-tasks/tasks.json');
const dataset = Dataset.parse(JSON.parse(readFileSync(file, 'utf8')));

export const REPOSITORIES = dataset.repositories;
export const TASKS = dataset.tasks;

export const BOT = 'repo-bot';

type Issue = { repository: string; number: number; title: string; body?: string };

/** An issue as the host keeps it, opened the day before. */
export function issue({ repository, number, title, body = '' }: Issue, other: { state?: 'closed' } = {}) {
  return {
    key: `${repository}#${number}`,
    repository,
    number,
    title,
    body,
    user: 'a-contributor',
    state: other.state ?? 'open',
    labels: [],
    locked: false,
    created_at: '2026-03-01T16:20:00.000Z',
  };
}

export function pull({ repository, number, title, body = '' }: Issue, merged: boolean) {
  return {
    key: `${repository}#${number}`,
    repository,
    number,
    title,
    body,
    user: 'a-maintainer',
    head: `change-${number}`,
    base: 'main',
    state: merged ? 'closed' : 'open',
    merged,
    files: [],
    created_at: '2026-02-20T10:00:00.000Z',
  };
}

/** The code host of every scenario: whose token the bot has, the repositories, each a package in one version, and older talk. */
export const host: Fixture = {
  'code-host.accounts': [{ login: BOT }],
  'code-host.repositories': REPOSITORIES,
  'code-host.issues': REPOSITORIES.flatMap(({ full_name: repository }) => [
    issue({ repository, number: 71, title: 'Typo in the introduction' }, { state: 'closed' }),
    issue({ repository, number: 74, title: 'Publish source maps' }),
    issue({ repository, number: 77, title: 'Drop support for the oldest runtime' }),
  ]),
  'code-host.pulls': REPOSITORIES.flatMap(({ full_name: repository }) => [
    pull({ repository, number: 72, title: 'Fix a typo' }, true),
    pull({ repository, number: 80, title: 'Raise the versions of the development tools' }, false),
  ]),
};

/** A working day of the bot. */
export const office = { now: '2026-03-02T09:00:00Z', services: ['code-host'], fixtures: ['host'] };

/** Nobody waits at the door for the bot: three seconds a call of the model, which fills in long forms. */
export const takes = takesAt(3, 0.1);
