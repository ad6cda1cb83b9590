import { styleText } from 'node:util';
import { alignedLines } from '../../ci/aligned-lines.ts';
import type { Check } from './check.ts';

const COLORS = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

/** What a person reads: a line a check; what was expected and the cure under those that are not well. Ends with a line break. */
export function systemReport(checks: readonly Check[], { color }: { color: boolean }): string {
  const paint = (status: Check['status'], text: string) =>
    color ? styleText(COLORS[status], text, { validateStream: false }) : text;
  const lines = alignedLines(
    checks.map(({ status, name, found }) => [status, name, found]),
    () => true,
  );
  const told = checks.flatMap(({ status, expected, cure }, index) => {
    const [line = ''] = lines.slice(index);
    const painted = paint(status, line.slice(0, status.length)) + line.slice(status.length);
    return cure === null ? [painted] : [painted, `      expected ${expected}`, `      ${cure}`];
  });
  const count = (status: Check['status']) => checks.filter((one) => one.status === status).length;
  const sums = `${checks.length} checks, ${count('warn')} to look at, ${count('fail')} failed`;
  return `${told.join('\n')}\n\n${sums}\n`;
}
