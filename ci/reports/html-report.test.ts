import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleReport as sampleTrialReport } from '../sample-run.ts';
import { htmlReport, TRIALS_TOLD } from './html-report.ts';
import { sampleReport } from './sample-report.ts';

const root = resolve(import.meta.dirname, '../..');
const tokensOf = (path: string) =>
  new Map(
    [...readFileSync(resolve(root, path), 'utf8').matchAll(/^ {2}(--[\w-]+): (.*);$/gm)].map(
      ([, name, value]) => [name, value] as const,
    ),
  );

describe('htmlReport', () => {
  it('has the colours, sizes and faces of the dashboard', () => {
    const own = tokensOf('ci/reports/report.css');
    const theirs = tokensOf('dashboard/src/styles/tokens.css');
    expect(own.size).toBeGreaterThan(10);
    expect([...own].filter(([name, value]) => theirs.get(name) !== value)).toEqual([]);
  });

  it('names no address but those of its links, and allows no script', () => {
    const page = htmlReport(sampleReport());
    expect(page).toContain('default-src &#39;none&#39;; style-src &#39;sha256-');
    expect([...page.matchAll(/\s(?:src|srcset|data|action|poster)=/g)]).toEqual([]);
    expect(page).not.toMatch(/<(link|script|img|iframe|object)|url\(|@import/);
  });

  it('has the same elements whatever an agent wrote', () => {
    const elements = (explanation: string) =>
      [
        ...htmlReport(
          sampleReport({
            trials: [sampleTrialReport('sdr/x', 0, { kind: 'failed', failure: 'harm', explanation })],
          }),
        ).matchAll(/<\/?[\w!-]+/g),
      ].map(([tag]) => tag);
    const plain = elements('plain');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(elements(`${text}<b x="'>&lt;${text}`)).toEqual(plain);
      }),
      { numRuns: 8 },
    );
  });

  it('tells of so many trials and counts the rest', () => {
    const explanation = 'no mail was sent';
    const trials = Array.from({ length: TRIALS_TOLD + 5 }, (_, index) =>
      sampleTrialReport('sdr/x', index, { kind: 'failed', failure: 'missed', explanation }),
    );
    const page = htmlReport(sampleReport({ trials }));
    expect(page.match(/<article/g)).toHaveLength(TRIALS_TOLD);
    expect(page).toContain('and 5 more, which the results file holds');
  });
});
