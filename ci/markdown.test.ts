import { describe, expect, it } from 'vitest';
import { codePaths, codeSpans, fencedBlocks, relativeLinks, tableRows } from './markdown.ts';

const page = `# Title
See [the list](http-api.md#spans), [us](https://x.io/a.md), [below](#b) and \`ci/gate.ts\`.

\`\`\`json
{ "a": "[x](dead.md) \`ci/dead.ts\`" }
\`\`\`
| code | meaning |
|---|---|
| \`A\` | run \`node bench/gate.ts\` |
| \`B\` | not \`ci/*.ts\`, \`ci/<name>.ts\` or \`/api/ci/x\` |
`;

describe('a Markdown page', () => {
  it('gives its relative links with their lines, outside of fenced blocks', () => {
    expect(relativeLinks(page)).toEqual([{ text: 'http-api.md', line: 2 }]);
  });

  it('gives the paths of our folders in code spans', () => {
    expect(codePaths(page, ['ci', 'bench'])).toEqual([
      { text: 'ci/gate.ts', line: 2 },
      { text: 'bench/gate.ts', line: 9 },
    ]);
  });

  it('gives the rows of its tables without headers', () => {
    expect(tableRows(page).map(([code]) => code)).toEqual(['`A`', '`B`']);
  });

  it('gives its fenced blocks by language, and its code spans', () => {
    expect(fencedBlocks(page, 'json')).toEqual(['{ "a": "[x](dead.md) `ci/dead.ts`" }\n']);
    expect(fencedBlocks(page, 'ts')).toEqual([]);
    expect(codeSpans(page)).toContain('node bench/gate.ts');
  });
});
