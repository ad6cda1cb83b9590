/**
 * A question over the very rows that a `DELETE` would take, so that what is shown and what is deleted cannot differ.
 *
 * @param columns of the question @param final each thing once, of tables that replace rows @param rest what follows
 */
export function selectOf(
  deletion: string,
  columns: string,
  { final = false, rest = '' }: { final?: boolean; rest?: string } = {},
): string {
  return deletion
    .replace(/^DELETE FROM (\S+)/m, `SELECT ${columns} FROM $1${final ? ' FINAL' : ''}`)
    .replace(/\nSETTINGS .*\s*$/, `\n${rest}`);
}
