import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../cli.ts';
import { commandPage } from './command-page.ts';

describe('docs/reference/cli.md', () => {
  it('is what the commands declare: npm run schema writes it anew', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/reference/cli.md'), 'utf8');
    expect(page).toBe(commandPage(commandLine({ signal: AbortSignal.abort(), exitWith() {} })));
  });

  it('tells arguments, choices and defaults, and what a cell of a table must not hold as it is', () => {
    const tool = new Command('tool').description('A tool.');
    tool.commandsGroup('Work:');
    tool
      .command('add')
      .command('item')
      .description('adds one | or <two>')
      .argument('<name>', 'its name')
      .requiredOption('--size <number>', 'how large', '7');
    expect(commandPage(tool)).toContain(`## Work
### tool add item
Adds one \\| or &lt;two>.

| | | default |
|---|---|---|
| \`<name>\` | its name |  |
| \`--size <number>\` | how large; required | \`7\` |
`);
  });
});
