import { describe, expect, it } from 'vitest';
import { cutoffsOf, RetentionConfig } from './retention-config.ts';

const now = Date.UTC(2026, 10, 26, 17, 30);
const day = (text: string) => Date.parse(text) / 1000;

describe('cutoffsOf', () => {
  it('is the beginning of the day before which nothing is young enough', () => {
    const config = RetentionConfig.parse({ spans: 10 });
    expect(cutoffsOf(config, 'spans', now)).toEqual({
      projects: [],
      cutoffs: [],
      otherwise: day('2026-11-16'),
    });
  });

  it('is none where everything is kept', () => {
    expect(cutoffsOf(RetentionConfig.parse(undefined), 'spans', now)).toBeNull();
    expect(cutoffsOf(RetentionConfig.parse({ spans: 'forever', logs: 1 }), 'spans', now)).toBeNull();
  });

  it('is 1970 for a project that keeps what others do not', () => {
    const config = RetentionConfig.parse({ spans: 10, projects: { own: { spans: 'forever' }, same: {} } });
    expect(cutoffsOf(config, 'spans', now)).toEqual({
      projects: ['own', 'same'],
      cutoffs: [0, day('2026-11-16')],
      otherwise: day('2026-11-16'),
    });
  });

  it('takes text along with its span', () => {
    const config = RetentionConfig.parse({ payloads: 30, spans: 90, projects: { brief: { spans: 7 } } });
    expect(cutoffsOf(config, 'payloads', now)).toEqual({
      projects: ['brief'],
      cutoffs: [day('2026-11-19')],
      otherwise: day('2026-10-27'),
    });
  });
});

describe('RetentionConfig', () => {
  it.each([{ spans: 0 }, { spans: 1.5 }, { spans: '30' }, { words: 30 }, { projects: { a: { text: 1 } } }])(
    'refuses %j',
    (config) => {
      expect(RetentionConfig.safeParse(config).success).toBe(false);
    },
  );
});
