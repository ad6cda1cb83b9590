import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sqlReference } from './sql-reference.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/reference/sql.md'), 'utf8');
const { tables, examples } = sqlReference(page);

describe('the reference of SQL', () => {
  it('has every table with its columns', () => {
    expect(tables.map(({ name }) => name)).toEqual(
      [...page.matchAll(/^## ([a-z_]+)$/gm)].map(([, name]) => name),
    );
    expect(tables.find(({ name }) => name === 'spans')?.columns[1]).toEqual({
      name: 'minute',
      type: 'time',
      about:
        'the minute in which it starts, held within 2000 to 2099: filter by it, the rows lie in its order',
    });
    expect(tables.find(({ name }) => name === 'loops')?.about).toMatch(
      /^One row a trace that may have looped, as/,
    );
  });

  it('has every example under its title', () => {
    expect(examples).toHaveLength(page.match(/```sql/g)?.length ?? 0);
    expect(examples[0]).toMatchObject({ title: 'Cost per model, with what is unpriced' });
    expect(examples.every(({ sql }) => /^SELECT [^`]*$/.test(sql))).toBe(true);
  });
});
