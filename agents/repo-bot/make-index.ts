import { SpanKind } from '@opentelemetry/api';
import type { ChatDeps } from '../genai/chat.ts';
import { fillIn } from '../genai/fill-in.ts';
import { inSpan } from '../genai/spans.ts';
import type { HostDeps } from './checkpoint.ts';
import { callHost, FileContent, Repository, Tree } from './code-host.ts';
import { writeQuestions } from './forms.ts';
import { ASK } from './prompts.ts';
import { outlineOf } from './retrieval/outline.ts';
import { bagText, type StoredIndex } from './retrieval/repository-index.ts';
import { sections } from './understand.ts';

/** Files with text that is worth an index. */
const SOURCE = /\.(?:[cm]?[jt]sx?|md)$/;
const EXCERPT = 12_000;

/**
 * Makes the index of a repository as it is now: reads every file, and has a model write the questions that each answers.
 *
 * @throws Error where the repository, its tree or a file cannot be read
 */
export async function makeIndex(
  host: Omit<HostDeps, 'number'>,
  model: Omit<ChatDeps, 'tools'>,
): Promise<StoredIndex> {
  const { repository, conversation } = host;
  const deps = { ...host, number: 0 };
  const span = { title: 'invoke_workflow index', kind: SpanKind.INTERNAL, conversation };
  return inSpan(span, { 'gen_ai.operation.name': 'invoke_workflow' }, async () => {
    const about = need(await callHost(deps, 'get_repository', { repository }, Repository));
    const branch = about.default_branch;
    const { tree, sha, truncated } = need(await callHost(deps, 'get_tree', { repository, branch }, Tree));
    if (truncated) throw new Error(`the host cut the tree of ${repository} short`);
    const paths = new Set(tree.filter(({ type }) => type === 'blob').map(({ path }) => path));
    const files: StoredIndex['files'] = [];
    for (const path of [...paths].filter((path) => SOURCE.test(path))) {
      const text = need(await callHost(deps, 'read_file', { repository, path }, FileContent));
      const { exports, imports, chunks } = outlineOf(path, text, paths);
      const parts = {
        Path: path,
        Neighbours: [...paths]
          .filter((other) => folderOf(other) === folderOf(path) && other !== path)
          .map((other) => `- ${other}`)
          .slice(0, 20),
        Exports: exports.map((name) => `- ${name}`),
        Text: text.slice(0, EXCERPT),
      };
      const { questions } = await fillIn(model, writeQuestions, ASK, sections(parts));
      files.push({ path, exports, imports, questions, chunks: chunks.map(bagText) });
    }
    return { version: 1, repository, head: sha, model: model.model, files };
  });
}

function need<T>(answer: { ok: true; value: T } | { ok: false; problem: string }): T {
  if (!answer.ok) throw new Error(answer.problem);
  return answer.value;
}

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}
