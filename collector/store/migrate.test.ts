import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checksumOf, pendingMigrations, readMigrations, statementsOf } from './migrate.ts';

const rehearse = '0.2.0';
const one = { version: 1, name: '0001-a.sql', checksum: 'a', sql: '', rehearse };
const two = { version: 2, name: '0002-b.sql', checksum: 'b', sql: '', rehearse };

describe('pendingMigrations', () => {
  it('gives what was not applied, in order', () => {
    expect(pendingMigrations([one, two], [])).toEqual([one, two]);
    expect(pendingMigrations([one, two], [one])).toEqual([two]);
    expect(pendingMigrations([one, two], [one, two])).toEqual([]);
  });

  it('refuses a file that was changed after it had been applied', () => {
    expect(() => pendingMigrations([{ ...one, checksum: 'edited' }], [one])).toThrow(
      expect.objectContaining({
        code: 'SCHEMA_MISMATCH',
        message: expect.stringMatching(/^0001-a.sql was changed/),
      }),
    );
  });

  it('refuses a database of a newer Rehearse', () => {
    expect(() => pendingMigrations([one], [one, two])).toThrow(
      /has schema version 2, made by Rehearse 0.2.0, but this one knows up to 1/,
    );
  });
});

describe('checksumOf', () => {
  const sql = '-- why\nCREATE TABLE a (\n  -- of what\n  x Int8\n);\n';

  it('does not change with a comment or a line break', () => {
    expect(checksumOf('-- why not\nCREATE TABLE a ( x Int8 );')).toBe(checksumOf(sql));
  });

  it('changes with a statement', () => {
    expect(checksumOf(sql.replace('Int8', 'Int16'))).not.toBe(checksumOf(sql));
  });
});

describe('statementsOf', () => {
  it('splits statements and renders them for one server', () => {
    const sql =
      '-- why\nCREATE TABLE a {{on_cluster}} (x Int8)\nENGINE = {{replicated}}MergeTree;\n\nDROP TABLE {{sql_database}}.b;\n-- end\n';
    expect(statementsOf({ ...one, sql }, 'agents')).toEqual([
      '-- why\nCREATE TABLE a  (x Int8)\nENGINE = MergeTree',
      'DROP TABLE agents_sql.b',
    ]);
  });
});

describe('the schema', () => {
  const files = readMigrations(join(import.meta.dirname, '..', 'schema'));

  it('is numbered, each file with a number of its own', () => {
    const numbers = files.map(({ version }) => version);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    expect(numbers.every((number) => number > 0)).toBe(true);
  });

  it('has every file of a release as it was released', () => {
    const directory = join(import.meta.dirname, '..', 'schema', 'released');
    const releases = readdirSync(directory);
    expect(releases).toContain('0.1.0.json');
    const now = Object.fromEntries(files.map(({ name, checksum }) => [name, checksum]));
    for (const release of releases) {
      // A change to what was released is a file of its own, with the next number.
      expect([release, now]).toEqual([
        release,
        expect.objectContaining(JSON.parse(readFileSync(join(directory, release), 'utf8'))),
      ]);
    }
  });

  it('may be applied again where it was cut off', () => {
    for (const statement of files.flatMap((file) => statementsOf(file, 'agents'))) {
      expect(statement.replace(/^--.*\n/gm, '')).toMatch(
        // A mark that is set again is one mark.
        /^(CREATE ((TABLE|MATERIALIZED VIEW) IF NOT EXISTS|OR REPLACE VIEW) |ALTER TABLE \w+ +(ADD COLUMN IF NOT EXISTS|MODIFY SETTING) |INSERT INTO \w+_marks )/,
      );
    }
  });
});
