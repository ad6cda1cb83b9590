import type { Score } from '../domain/score.ts';

/**
 * What the scorers found, a sentence each, without what the outcome's explanation says already.
 *
 * @param said the explanation that the sentences follow.
 */
export function findingsOf(scores: readonly Score[], said: string): string[] {
  const messages = scores
    .flatMap((score) => (score.kind === 'scored' ? score.findings : []))
    .map((finding) => finding.message);
  return [...new Set(messages)].filter((message) => !said.includes(message));
}
