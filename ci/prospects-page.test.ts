import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROSPECT_PARAMETERS } from '../harness/prospect/prospect-parameters.ts';
import { tableRows } from './markdown.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/reference/prospects.md'), 'utf8');

describe('docs/reference/prospects.md', () => {
  const rows = tableRows(page).filter((row) => row.length === 4 && /^[\d.]+$/.test(row[1] ?? ''));

  it('lists every parameter with its value, in their order', () => {
    const listed = rows.map(([name = '', value]) => [name.replaceAll('`', ''), Number(value)]);
    expect(listed).toEqual(Object.entries(PROSPECT_PARAMETERS));
  });

  it('says where each comes from', () => {
    expect(rows.filter(([, , , source = '']) => source.length < 10)).toEqual([]);
  });

  it('gives the willingness and the delays that it says', () => {
    const { willingnessSpread: s, delaySpread, delayMedianHours } = PROSPECT_PARAMETERS;
    // Twice the mean, exp(-s²/2), is ln 2 + s²/2 above the median.
    expect(above((Math.log(2) + s ** 2 / 2) / s)).toBeCloseTo(1 / 9, 1);
    expect(above(Math.log(24 / delayMedianHours) / delaySpread)).toBeCloseTo(0.25, 2);
    expect(above(Math.log(168 / delayMedianHours) / delaySpread)).toBeCloseTo(0.03, 2);
  });
});

/** The share of a normal distribution that lies above `z`, by Simpson's rule. */
function above(z: number): number {
  const steps = 400;
  const width = (8 - z) / steps;
  const density = (x: number) => Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
  let sum = 0;
  for (let i = 0; i <= steps; i++)
    sum += density(z + i * width) * (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2);
  return (sum * width) / 3;
}
