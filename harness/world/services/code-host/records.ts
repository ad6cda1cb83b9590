import { z } from 'zod';
import type { Row } from '../../../../domain/effect.ts';
import type { Reply, Table } from '../../service.ts';
import { refusal } from '../../world-request.ts';

type Tables = (name: string) => Table;
type InRepository = { owner: string; repo: string };

/** The most that a page of a list holds. */
export const perPage = z.coerce.number().int().min(1).max(100).default(30);

export function page<T>(items: readonly T[], size: number): T[] {
  return items.slice(0, size);
}

export function repositoryOf({ owner, repo }: InRepository, table: Tables): Row | null {
  return table('repositories').get(`${owner}/${repo}`);
}

export function unknownRepository({ owner, repo }: InRepository): Reply {
  return refusal(404, 'not_found', `no repository has the name "${owner}/${repo}"`);
}

/** The key of an issue or a pull request. */
export function keyOf({ owner, repo }: InRepository, number: string | number): string {
  return `${owner}/${repo}#${number}`;
}

/** The login of whoever the token belongs to: a host has one account connected, as a mailbox has. */
export function loginOf(table: Tables): string {
  const [account] = table('accounts').all();
  return String(account?.login ?? 'anonymous');
}

/** Of the rows of one repository, those in the state that was asked for, the newest first. */
export function listed(rows: Iterable<Row>, repository: string, state: 'open' | 'closed' | 'all'): Row[] {
  return [...rows]
    .filter((row) => row.repository === repository && (state === 'all' || row.state === state))
    .sort((a, b) => Number(b.number) - Number(a.number));
}

/** A row as the API shows it: people as objects, labels too. */
export function shown({ key: _, repository: __, labels, user, ...row }: Row) {
  return {
    ...row,
    user: { login: String(user) },
    ...(Array.isArray(labels) && { labels: labels.map((name) => ({ name: String(name) })) }),
  };
}

export const State = z.object({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  per_page: perPage,
});
