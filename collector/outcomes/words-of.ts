import type { z } from 'zod';

/** The first thing that is wrong: `type: expected one of sent, delivered, ...`. */
export function wordsOf({ issues: [issue] }: z.ZodError): string {
  const place = issue?.path.length ? `${issue.path.map(String).join('.')}: ` : '';
  return `${place}${issue?.message ?? 'not what was expected'}`;
}
