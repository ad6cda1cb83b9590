import { basename } from 'node:path';
import { z } from 'zod';
import { defineOperation } from '../../define-operation.ts';
import { RefusalBody } from '../../refusal.ts';
import type { Operation } from '../../service.ts';
import type { SourceFile } from '../../source-tree.ts';
import { refusal } from '../../world-request.ts';
import { page, perPage, repositoryOf, unknownRepository } from './records.ts';
import { readQuery, searchCode } from './search.ts';
import { CodeItem, FileContent, FolderContent, found, Repository, Tree } from './shapes.ts';
import type { Trees } from './trees.ts';

/** What only reads the source: repositories, trees, contents and the search of code. */
export function sourceOperations(trees: Trees): Operation[] {
  const getRepository = defineOperation({
    id: 'repos.get',
    method: 'GET',
    path: '/repos/:owner/:repo',
    summary: 'A repository',
    replies: { 200: Repository, 404: RefusalBody },
    handle({ params, table }) {
      const repository = repositoryOf(params, table);
      if (!repository) return unknownRepository(params);
      const { package: _, include: _include, exclude: _exclude, ...shown } = repository;
      return { status: 200, body: shown };
    },
  });

  const getTree = defineOperation({
    id: 'git.tree',
    method: 'GET',
    path: '/repos/:owner/:repo/git/trees/:sha',
    summary: 'The files and folders of a branch, a commit or a tree; with recursive, of all below it',
    query: z.object({ recursive: z.string().optional() }),
    replies: { 200: Tree, 404: RefusalBody },
    handle({ params, query: { recursive }, table }) {
      const repository = repositoryOf(params, table);
      if (!repository) return unknownRepository(params);
      const folder = trees.folderOf(repository, params.sha);
      if (folder === null) return refusal(404, 'not_found', `no tree has the name "${params.sha}"`);
      const tree = trees.entriesOf(repository, folder, recursive !== undefined).map((entry) => ({
        ...entry,
        path: folder === '' ? entry.path : entry.path.slice(folder.length + 1),
      }));
      const sha = folder === '' ? trees.headOf(repository) : params.sha;
      return { status: 200, body: { sha, tree, truncated: false } };
    },
  });

  const getContents = defineOperation({
    id: 'repos.contents',
    method: 'GET',
    path: '/repos/:owner/:repo/contents/:path+',
    summary: 'A file, its text in base64, or what is in a folder',
    replies: { 200: z.union([FileContent, FolderContent]), 404: RefusalBody },
    handle({ params, table }) {
      const repository = repositoryOf(params, table);
      if (!repository) return unknownRepository(params);
      const file = trees.filesOf(repository).get(params.path);
      if (file) return { status: 200, body: fileBody(file) };
      const inside = trees.entriesOf(repository, params.path, false);
      if (inside.length === 0) return refusal(404, 'not_found', `no file has the path "${params.path}"`);
      return {
        status: 200,
        body: inside.map(({ path, sha, type, size = 0 }) => ({
          type: type === 'tree' ? 'dir' : 'file',
          name: basename(path),
          path,
          sha,
          size,
        })),
      };
    },
  });

  const search = defineOperation({
    id: 'search.code',
    method: 'GET',
    path: '/search/code',
    summary:
      'Files in whose path or text every word of q occurs; q names a repo:, and may a path: and an extension:',
    query: z.object({ q: z.string().min(1).max(256), per_page: perPage }),
    replies: { 200: found(CodeItem), 422: RefusalBody },
    handle({ query: { q, per_page }, table }) {
      const query = readQuery(q);
      const repository = table('repositories').get(query.qualifiers.get('repo') ?? '');
      if (!repository || query.words.length === 0) {
        return refusal(422, 'unprocessable', 'expected a word to search for and a repo: that is here');
      }
      const matches = searchCode(query, trees.filesOf(repository).values());
      const items = page(matches, per_page).map(({ file: { path, sha }, score }) => ({
        name: basename(path),
        path,
        sha,
        score: Math.round(score * 1000) / 1000,
        repository: { full_name: String(repository.full_name) },
      }));
      return { status: 200, body: { total_count: matches.length, incomplete_results: false, items } };
    },
  });

  return [getRepository, getTree, getContents, search];
}

function fileBody({ path, sha, size, text }: SourceFile) {
  const content = Buffer.from(text).toString('base64');
  return { type: 'file', name: basename(path), path, sha, size, encoding: 'base64', content };
}
