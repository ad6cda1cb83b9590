import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workflowCommand } from './workflow-command.ts';

describe('workflowCommand', () => {
  it('names level, file, line and title', () => {
    const place = { file: 'scenarios/sdr/a,b.scenario.ts', line: 12 };
    expect(
      workflowCommand({ level: 'error', place, title: 'sdr/a: worse', message: '1 of 3\n50 % less' }),
    ).toBe('::error file=scenarios/sdr/a%2Cb.scenario.ts,line=12,title=sdr/a%3A worse::1 of 3%0A50 %25 less');
  });

  it('leaves the place out where there is none', () => {
    expect(workflowCommand({ level: 'warning', place: null, title: 't', message: 'm' })).toBe(
      '::warning title=t::m',
    );
  });

  it('is one command whatever an agent wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, message) => {
        const text = workflowCommand({
          level: 'notice',
          place: null,
          title: `${title}\n::stop-commands::x`,
          message: `${message}\r\n::error::y`,
        });
        expect(text.split(/[\r\n\u2028\u2029]/)).toHaveLength(1);
        expect(text).toMatch(/^::notice title=[^:,]*::/);
      }),
      { numRuns: 40 },
    );
  });
});
