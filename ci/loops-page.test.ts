import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectLoops } from '../domain/detect-loops.ts';
import { LoopFinding, LoopReport } from '../domain/loop.ts';
import { loopsOf } from '../domain/loop-verdict.ts';
import { describeFinding } from '../domain/loop-wording.ts';
import type { Step } from '../domain/step.ts';
import { micros, nanoUsd } from '../domain/units.ts';
import { codeSpans, tableRows } from './markdown.ts';
import { schemaFields } from './schema-fields.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/reference/loops.md'), 'utf8');
const rows = tableRows(page);

/** `boss/ask!=ok`: agent, tool, `!` where it changed the world, and result. */
function stepsOf(text: string): Step[] {
  return text.split(' ').map((word, index) => {
    const [, agent = null, tool = '', changed, result = ''] =
      /^(?:(\w+)\/)?(\w+)(!?)=(\w+)$/.exec(word) ?? [];
    if (tool === '') throw new Error(`expected a step, got ${word}`);
    return {
      kind: 'call',
      agent,
      tool,
      arguments: {},
      result,
      changed: changed === '!',
      milestone: false,
      since: micros(index * 2),
      start: micros(index * 2),
      end: micros(index * 2 + 1),
      tokens: 0,
      cost: nanoUsd(0),
      spanId: null,
    };
  });
}

describe('docs/reference/loops.md', () => {
  const examples = rows.filter(([steps = '']) => /^`[\w/!]+=\w+ /.test(steps));

  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(6);
  });

  it.each(examples)('finds in %s what it says', (steps = '', longest = '', loops = '') => {
    const report = detectLoops({ steps: stepsOf(steps.replaceAll('`', '')), limits: [] });
    expect(report.longest).toBe(Number(longest));
    const named = loopsOf(report);
    const patterns = named.filter(({ kind }) => kind !== 'stretch');
    const told = (patterns.length > 0 ? patterns : named).map(describeFinding);
    expect(told.toSorted()).toEqual(codeSpans(loops).toSorted());
  });

  it('names every field of a finding and of a report, and every kind', () => {
    const spans = new Set(codeSpans(page));
    const own = [
      ...schemaFields(LoopFinding),
      ...schemaFields(LoopReport).filter(({ path }) => !path.startsWith('findings[')),
    ];
    const missing = own.filter(({ path }) => {
      const name = path.replace(/\[\]$/, '').replace(/^repeated\./, '');
      return name !== 'wasted' && !spans.has(name);
    });
    expect(missing.map(({ path }) => path)).toEqual([]);
    const kinds = own.find(({ path }) => path === 'kind')?.literals ?? [];
    expect(kinds).toHaveLength(4);
    expect(rows.map(([cell]) => cell)).toEqual(expect.arrayContaining(kinds.map((kind) => `\`${kind}\``)));
  });
});
