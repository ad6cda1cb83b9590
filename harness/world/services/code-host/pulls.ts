import { z } from 'zod';
import { defineOperation } from '../../define-operation.ts';
import { RefusalBody } from '../../refusal.ts';
import type { Operation } from '../../service.ts';
import { refusal } from '../../world-request.ts';
import { isoTime } from '../answers.ts';
import { keyOf, listed, loginOf, page, repositoryOf, State, shown, unknownRepository } from './records.ts';
import { Pull } from './shapes.ts';

const NewPull = z.strictObject({
  title: z.string().trim().min(1),
  body: z.string().default(''),
  head: z.string().min(1),
  base: z.string().min(1),
});

const list = defineOperation({
  id: 'pulls.list',
  method: 'GET',
  path: '/repos/:owner/:repo/pulls',
  summary: 'The pull requests of a repository, the newest first; without a state the open ones',
  query: State,
  replies: { 200: z.array(Pull), 404: RefusalBody },
  handle({ params, query: { state, per_page }, table }) {
    const repository = repositoryOf(params, table);
    if (!repository) return unknownRepository(params);
    const rows = listed(table('pulls').all(), String(repository.full_name), state);
    return { status: 200, body: page(rows, per_page).map(withoutFiles) };
  },
});

const files = defineOperation({
  id: 'pulls.files',
  method: 'GET',
  path: '/repos/:owner/:repo/pulls/:number/files',
  summary: 'The files that a pull request changes',
  replies: { 200: z.array(z.object({ filename: z.string(), status: z.string() })), 404: RefusalBody },
  handle({ params, table }) {
    const pull = table('pulls').get(keyOf(params, params.number));
    if (!pull) {
      return refusal(404, 'not_found', `no pull request has the number ${keyOf(params, params.number)}`);
    }
    const changed = Array.isArray(pull.files) ? pull.files : [];
    return { status: 200, body: changed.map((file) => ({ filename: String(file), status: 'modified' })) };
  },
});

const open = defineOperation({
  id: 'pulls.create',
  method: 'POST',
  path: '/repos/:owner/:repo/pulls',
  summary: 'Asks for the changes of one branch to be taken into another',
  body: NewPull,
  replies: { 201: Pull, 404: RefusalBody },
  handle({ params, body, table, now }) {
    const repository = repositoryOf(params, table);
    if (!repository) return unknownRepository(params);
    const name = String(repository.full_name);
    const numbers = [...table('issues').all(), ...table('pulls').all()]
      .filter((row) => row.repository === name)
      .map((row) => Number(row.number));
    const number = Math.max(0, ...numbers) + 1;
    const row = table('pulls').insert({
      key: keyOf(params, number),
      repository: name,
      number,
      ...body,
      user: loginOf(table),
      state: 'open',
      merged: false,
      files: [],
      created_at: isoTime(now),
    });
    return { status: 201, body: withoutFiles(row) };
  },
});

function withoutFiles(row: Parameters<typeof shown>[0]) {
  const { files: _, ...pull } = row;
  return shown(pull);
}

export const pullOperations: Operation[] = [list, files, open];
