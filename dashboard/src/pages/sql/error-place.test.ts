import { describe, expect, it } from 'vitest';
import { errorPlace } from './error-place.ts';

describe('errorPlace', () => {
  const sql = 'SELECT model\nFRM spans';

  it('follows the position, counted in bytes', () => {
    const message = 'Syntax error: failed at position 14';
    expect(errorPlace(sql, message)).toEqual({ line: 2, column: 1, start: 13, end: 16 });
    expect(errorPlace("SELECT 'é' FRM", 'failed at position 13')).toMatchObject({ start: 11, end: 14 });
    expect(errorPlace('SELECT', 'failed at position 7 (end of query)')).toMatchObject({
      column: 7,
      start: 6,
      end: 6,
    });
  });

  it('finds the name that is not known', () => {
    expect(
      errorPlace('SELECT\n modell FROM spans', 'Unknown expression identifier `modell` in scope'),
    ).toEqual({
      ...{ line: 2, column: 2, start: 8, end: 14 },
    });
  });

  it.each(['Unknown identifier `elsewhere`', 'it is broken'])('says nothing of %j', (message) =>
    expect(errorPlace(sql, message)).toBeNull(),
  );
});
