import { describe, expect, it } from 'vitest';
import { firstUnprinted, stepsOfPage } from './run-page.ts';

const page = [
  'Save this:',
  '```json title="a.json"',
  '{ "a": 1 }',
  '```',
  'Then:',
  '```sh',
  'npm ci',
  'npm run rehearse -- run ./a.json --trials 1',
  '```',
  '```text',
  'a  ✓',
  '...',
  'done',
  '```',
  '```json',
  '{ "not": "saved" }',
  '```',
].join('\n');

describe('a page that is run', () => {
  it('has files to save, commands to run, and what they print', () => {
    expect(stepsOfPage(page)).toEqual([
      { does: 'save', file: 'a.json', content: '{ "a": 1 }\n' },
      { does: 'run', args: ['run', './a.json', '--trials', '1'], shown: ['a  ✓', '...', 'done'] },
    ]);
  });

  it.each([
    [['a ✓', '...', 'done'], 'a    ✓\nmore\ndone\n', null],
    [['done', 'a ✓'], 'a ✓\ndone\n', 'a ✓'],
    [['a ✓'], 'a ✗\n', 'a ✓'],
  ])('finds what was shown and not printed: %j', (shown, printed, missing) => {
    expect(firstUnprinted(shown, printed)).toBe(missing);
  });
});
