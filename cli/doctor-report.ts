import { styleText } from 'node:util';
import { counted } from '../domain/format.ts';
import { type Complaint, EXAMINATIONS, type Examined, fieldName } from '../harness/index.ts';

/** A complaint with the scenario it is of, and its place: `my.json:12:7`. */
export type Finding = Complaint & { id: string; place: string };

/**
 * What a person reads after an examination: a line a scenario, then each complaint with place, field and cure, then
 * the sums. Pure; ends with a line break.
 */
export function reportOf(
  examined: readonly Examined[],
  findings: readonly Finding[],
  { color }: { color: boolean },
): string {
  const paint = (style: 'green' | 'red' | 'dim' | 'bold', text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const rows = [
    ['scenario', ...EXAMINATIONS],
    ...examined.map((one) => [one.id, ...EXAMINATIONS.map((name) => cellOf(one, name))]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row, index) =>
    row
      .map((cell, column) => {
        const padded = column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
        if (index === 0) return paint('dim', padded);
        return cell.includes('✗') ? paint('red', padded) : padded;
      })
      .join('  ')
      .trimEnd(),
  );
  const told = findings.map(({ id, place, path, message, cure }) => {
    const field = fieldName(path);
    return `${paint('red', '✗')} ${paint('bold', place)} ${id}\n  ${field === '' ? '' : `${field}: `}${message}\n  ${cure}`;
  });
  return `${[lines.join('\n'), ...told, sumsOf(examined, findings)].join('\n\n')}\n`;
}

/** `✓ 4`, `✗ 3/4`, `✓ 7 (2 free)`; empty where there was nothing to look at. */
function cellOf({ tallies }: Examined, name: (typeof EXAMINATIONS)[number]): string {
  const tally = tallies[name];
  if (!tally) return '–';
  const { good, all, free } = tally;
  const count = good < all ? ` ${good}/${all}` : all > 1 ? ` ${all}` : '';
  return `${good < all ? '✗' : '✓'}${count}${free > 0 ? ` (${free} free)` : ''}`;
}

function sumsOf(examined: readonly Examined[], findings: readonly Finding[]): string {
  const mutants = examined.flatMap(({ tallies }) => tallies.mutants ?? []);
  const sum = (of: 'good' | 'all' | 'free') => mutants.reduce((total, tally) => total + tally[of], 0);
  const untested = examined.filter(({ tallies }) => tallies.form?.good === 1 && !tallies.reference).length;
  return [
    `${counted(examined.length, 'scenario')}, ${counted(findings.length, 'complaint')}`,
    ...(untested > 0
      ? [`${untested} without a reference: nobody knows whether they tell right from wrong`]
      : []),
    ...(mutants.length > 0
      ? [
          `mutants of the references: ${sum('good')} of ${sum('all')} judged rightly, ${sum('free')} more change only what is free`,
        ]
      : []),
  ].join('\n');
}
