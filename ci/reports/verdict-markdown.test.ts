import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { MISSED, sampleReport as sampleTrialReport } from '../sample-run.ts';
import { HOSTILE, sampleReport } from './sample-report.ts';
import { commentMarker, fitted, prComment, stepSummary } from './verdict-markdown.ts';

const rendered = (markdown: string) => marked.parse(markdown, { gfm: true, async: false });
const comment = prComment(sampleReport());

describe('prComment', () => {
  it('begins with a marker that is one for pack, agent and model', () => {
    expect(comment.split('\n')[0]).toBe('<!-- rehearse: sdr alice-react sim/sdr -->');
    const { run } = sampleReport();
    expect(commentMarker({ run: { ...run, agent: '--> <b>' } })).toBe('<!-- rehearse: sdr - -b- sim/sdr -->');
  });

  it('says the verdict, before and after, suspects with their traces, and what could have been seen', () => {
    expect(comment).toContain('> **Fail: 11 of 15 (73.3 %) passed, 47 of 48 (97.9 %) before**');
    expect(comment).toContain('| pass rate | 98 % (89 to 100) | 73 % (48 to 89) | -24.6 (-49.9 to -6.5) |');
    const trace = 'https://rehearse.example/traces/0af7651916cd43dd8448eb211c80319c';
    expect(comment).toMatch(
      new RegExp(`\\| \`sdr/opt-out\` \\| became worse \\| 12 of 12 \\| 4 of 9 .*\\[1\\]\\(${trace}\\)`),
    );
    expect(comment).toMatch(/`sdr\/first-touch` \| suspect \| 12 of 12 \| 2 of 3/);
    expect(comment).toContain(
      'A drop of 9.8 points of the pass rate would have been found with a chance of 80 %',
    );
    expect(comment).toContain(
      '| latency, wall clock | the build before, in turns | ×1.31 (1.20 to 1.43) | ×1.15 | **exceeded** |',
    );
  });

  it('lets nothing that an agent wrote be markup', () => {
    const html = rendered(comment);
    const tags = new Set([...html.matchAll(/<([a-z]+\d?)/g)].map(([, name]) => name));
    const known = [
      'blockquote',
      'p',
      'strong',
      'h2',
      'h3',
      'ul',
      'li',
      'code',
      'pre',
      'a',
      'details',
      'summary',
    ];
    const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td'];
    expect([...tags].filter((tag) => ![...known, ...tables].includes(tag ?? ''))).toEqual([]);
    const addresses = [...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !address?.startsWith('https://rehearse.example/'))).toEqual([]);
    expect(html.match(/<details/g)).toHaveLength(html.match(/<\/details>/g)?.length ?? 0);
    const outsideCode = html.replace(/<(pre|code)\b[\s\S]*?<\/\1>/g, '');
    expect(outsideCode).not.toMatch(/@octocat|#12|https:\/\/evil/);
    expect(comment.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it('has no links where no collector stays', () => {
    const links = { run: null, trial: () => null, trace: () => null };
    expect(rendered(prComment(sampleReport({ links })))).not.toContain('<a ');
  });

  it('fits, however much went wrong', () => {
    const outcome = { kind: 'failed', failure: 'harm', explanation: HOSTILE.repeat(100) } as const;
    const trials = Array.from({ length: 500 }, (_, n) =>
      sampleTrialReport(`sdr/s${n}`, 0, n % 2 ? MISSED : outcome),
    );
    const { verdict } = sampleReport();
    const reasons = trials.map(({ id, scenarioId }) => ({
      code: 'x',
      message: outcome.explanation,
      scenarioId,
      trials: [id],
    }));
    const report = sampleReport({ trials, verdict: { ...verdict, reasons, evidence: null } });
    expect(prComment(report).length).toBeLessThan(65_536);
    expect(Buffer.byteLength(stepSummary(report))).toBeLessThan(1024 * 1024);
    expect(prComment(report)).toContain('Fail: 11 of 15');
  });
});

describe('fitted', () => {
  it('never exceeds the limit, and says what it leaves out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 200 })),
        fc.integer({ min: 100, max: 1000 }),
        (parts, limit) => {
          const text = fitted(parts, limit);
          expect(text.length).toBeLessThanOrEqual(limit);
          const all = parts.reduce((sum, part) => sum + part.length + 2, 0);
          expect(/left out: too long/.test(text)).toBe(
            all + 60 > limit ? /left out: too long/.test(text) : false,
          );
        },
      ),
    );
  });
});

describe('stepSummary', () => {
  it('says what the comment says, unfolded', () => {
    const summary = stepSummary(sampleReport());
    expect(summary).not.toContain('<!--');
    expect(summary).toContain('<details open><summary>4 other scenarios</summary>');
    expect(summary).toContain('| forbidden effect | 1 of 18 | 24.0 % |');
    expect(summary).toContain('pass^3 72.0 % (50.0 % to 90.0 %)');
  });
});
