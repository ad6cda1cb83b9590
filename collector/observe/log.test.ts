import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawKey } from '../access/key-text.ts';
import { defectFields, jsonLog, LOG_EVENTS, prettyLog, withoutSecrets } from './log.ts';

const at = Date.UTC(2026, 2, 1, 9, 30);

function logged(tell: (log: ReturnType<typeof jsonLog>) => void): string[] {
  const lines: string[] = [];
  tell(
    jsonLog(
      (line) => lines.push(line),
      () => at,
    ),
  );
  return lines;
}

describe('the log as JSON', () => {
  it('is an object a line, with what every event tells first', () => {
    const lines = logged((log) => log('segments.cut', 'cut 7 bytes', { path: '/data/a', bytes: 7 }));
    expect(lines).toEqual([
      '{"time":"2026-03-01T09:30:00.000Z","level":"warn","event":"segments.cut","message":"cut 7 bytes","path":"/data/a","bytes":7}',
    ]);
  });

  it('stays one line whatever is told, and no field takes the place of what every event tells', () => {
    const text = fc.string({ unit: fc.constantFrom(...'\n\r\u2028"\\:/@ ax.é') });
    const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(LOG_EVENTS) as (keyof typeof LOG_EVENTS)[])),
        text,
        fc.dictionary(fc.constantFrom('time', 'level', 'event', 'message', 'rows', 'path'), value),
        (event, message, fields) => {
          const [line = '', ...more] = logged((log) => log(event, message, fields));
          expect(more).toEqual([]);
          expect(line).not.toMatch(/[\n\r]/);
          const time = '2026-03-01T09:30:00.000Z';
          expect(JSON.parse(line)).toMatchObject({ time, level: LOG_EVENTS[event], event });
        },
      ),
    );
  });
});

describe('the log for people', () => {
  it('is the message, and the stack of a defect', () => {
    const lines: string[] = [];
    const log = prettyLog((line) => lines.push(line));
    log('segments.flowing', 'ClickHouse takes spans again', { files: 2 });
    log('request.failed', 'GET /x: broken', defectFields(new TypeError('broken')));
    expect(lines[0]).toBe('ClickHouse takes spans again');
    expect(lines[1]).toMatch(/^GET \/x: broken\nTypeError: broken\n +at /);
  });
});

describe('secrets', () => {
  const key = drawKey();

  it.each([
    [`expected a key, got ${key.text}.`, `expected a key, got rhk_${key.id}….`],
    ['http://ann:s3cret@db:8123/agents refuses', 'http://…@db:8123/agents refuses'],
    ['authorization: Bearer abcdefgh.ijklmnop', 'authorization: Bearer …'],
    ['see https://example.com/a@b?c=d', 'see https://example.com/a@b?c=d'],
  ])('are left out of %s', (text, told) => {
    expect(withoutSecrets(text)).toBe(told);
  });

  it('are left out of fields too', () => {
    const [line] = logged((log) => log('alert.not-delivered', 'no', { url: 'https://u:p4ss@hook.example' }));
    expect(line).not.toContain('p4ss');
  });
});
