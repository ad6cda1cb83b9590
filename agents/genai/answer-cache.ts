import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatCompletion } from 'openai/resources/chat/completions';

/** Answers of models to requests that were made before: no model is asked again. */
export type AnswerCache = {
  get(request: object): Promise<ChatCompletion | null>;
  put(request: object, answer: ChatCompletion): Promise<void>;
};

/**
 * A cache in a folder, one file a request: it outlives the process, and several processes may share it. Requests count as
 * one where they differ in nothing but white space. What cannot be read or kept is as if it had not been cached.
 */
export function openAnswerCache(folder: string): AnswerCache {
  const fileOf = (request: object) => join(folder, `${keyOf(request)}.json`);
  return {
    async get(request) {
      try {
        return JSON.parse(await readFile(fileOf(request), 'utf8')) as ChatCompletion;
      } catch {
        return null;
      }
    },
    async put(request, answer) {
      const draft = join(folder, `${randomUUID()}.part`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(draft, JSON.stringify(answer));
        await rename(draft, fileOf(request));
      } catch {
        // The next one asks again.
      }
    },
  };
}

function keyOf(request: object): string {
  const text = JSON.stringify(request, (_, value: unknown) =>
    typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
