import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { narrowedSql } from './narrowed-sql.ts';
import { readSql } from './query.ts';

const sql = `SELECT 1
FROM t
WHERE project = {project:String}
  AND ({kind:String} = '' OR countIf(kind = {kind:String} AND name != ')') > 0)
  AND (NOT {searched:Bool} OR id IN (
    SELECT id FROM words
    WHERE ({hour:Int64} = 0 OR hour = {hour:Int64})))
  AND ({least:Int64} = 0 OR cost >= {least:Int64})
ORDER BY id`;

describe('narrowedSql', () => {
  it('leaves out what is true since its parameter is empty', () => {
    const empty = { project: '', kind: '', searched: false, hour: 0, least: 0 };
    expect(narrowedSql(sql, empty)).toBe('SELECT 1\nFROM t\nWHERE project = {project:String}\nORDER BY id');
  });

  it('leaves a condition whose parameter is set, with what stands within it', () => {
    const searched = narrowedSql(sql, { project: 'p', kind: '', searched: true, hour: 5, least: 0 });
    expect(searched).toContain('AND (NOT {searched:Bool} OR id IN (');
    expect(searched).toContain('({hour:Int64} = 0 OR hour = {hour:Int64})');
    expect(searched).not.toContain('{kind:String}');
    expect(searched).not.toContain('{least:Int64}');
    expect(narrowedSql(sql, { project: 'p', kind: 'llm', searched: true, hour: 5, least: 1 })).toBe(sql);
  });

  it('leaves out a part of a union that has no rows', () => {
    const union = `SELECT * FROM (
  SELECT 1
  -- left out where {hours} is empty
  UNION ALL
  SELECT arrayJoin({hours:Array(UInt32)})
  -- end
)`;
    expect(narrowedSql(union, { hours: [] })).toBe('SELECT * FROM (\n  SELECT 1\n)');
    expect(narrowedSql(union, { hours: [1] })).toBe(union);
  });

  it('leaves out what stands within a part that stays', () => {
    const nested = `SELECT 1
-- left out where {hours} is empty
UNION ALL SELECT arrayJoin({hours:Array(UInt32)}) WHERE 1
  -- left out where {ids} is empty
  AND id IN {ids:Array(String)}
  -- end
-- end
`;
    expect(narrowedSql(nested, { hours: [], ids: ['a'] })).toBe('SELECT 1\n');
    expect(narrowedSql(nested, { hours: [1], ids: ['a'] })).toBe(nested);
    expect(narrowedSql(nested, { hours: [1], ids: [] })).toBe(
      nested.replace(/ {2}-- left[\s\S]*? {2}-- end\n/, ''),
    );
  });

  const directory = `${import.meta.dirname}/../queries`;
  const files = readdirSync(directory).filter((file) => file.endsWith('.sql'));
  it.each(files)('finds the end of every condition of %s', (file) => {
    const given = readSql(file, directory);
    expect(narrowedSql(given, {})).not.toMatch(/\bAND \(\{\w+:\w+\} = (''|0) OR /);
  });
});
