import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { indexFileName } from '../../agents/repo-bot/retrieval/repository-index.ts';
import { indexText, makeIndexes } from './make-indexes.ts';

it('the indexes beside the bot are those that it makes of the pinned packages', async () => {
  const folder = join(import.meta.dirname, '../../agents/repo-bot/indexes');
  for (const index of await makeIndexes()) {
    const stored = readFileSync(join(folder, indexFileName(index.repository)), 'utf8');
    // The difference of two such texts would fill a screen.
    expect(
      indexText(index) === stored,
      `${index.repository}: run node scenarios/repo-bot/make-indexes.ts`,
    ).toBe(true);
  }
});
