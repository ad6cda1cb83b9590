import { z } from 'zod';

export const Repository = z.looseObject({
  full_name: z.string(),
  description: z.string(),
  default_branch: z.string(),
});

export const Issue = z.looseObject({
  number: z.int(),
  title: z.string(),
  body: z.string(),
  user: z.object({ login: z.string() }),
  state: z.enum(['open', 'closed']),
  labels: z.array(z.object({ name: z.string() })),
  locked: z.boolean(),
  created_at: z.string(),
});

export const Comment = z.looseObject({
  id: z.int(),
  body: z.string(),
  user: z.object({ login: z.string() }),
  created_at: z.string(),
  updated_at: z.string(),
});

export const Pull = z.looseObject({
  number: z.int(),
  title: z.string(),
  body: z.string(),
  user: z.object({ login: z.string() }),
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
});

export const Tree = z.object({
  sha: z.string(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.enum(['100644', '040000']),
      type: z.enum(['blob', 'tree']),
      sha: z.string(),
      size: z.int().optional(),
    }),
  ),
  truncated: z.boolean(),
});

const Entry = z.looseObject({ name: z.string(), path: z.string(), sha: z.string() });
export const FileContent = Entry.extend({
  type: z.literal('file'),
  size: z.int(),
  encoding: z.literal('base64'),
  content: z.string(),
});
export const FolderContent = z.array(Entry.extend({ type: z.enum(['file', 'dir']), size: z.int() }));

export function found<Item extends z.ZodType>(item: Item) {
  return z.object({ total_count: z.int(), incomplete_results: z.boolean(), items: z.array(item) });
}

export const CodeItem = z.object({
  name: z.string(),
  path: z.string(),
  sha: z.string(),
  score: z.number(),
  repository: z.object({ full_name: z.string() }),
});
