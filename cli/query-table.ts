import type { Json } from '../domain/json.ts';
import { isNumberType } from '../domain/sql-type.ts';

/** A longer text is cut in a table; CSV and JSON have it whole. */
const widest = 80;
const ABSENT = '∅';

/**
 * Rows as a table for people: aligned columns, numbers to the right, `∅` for NULL, a value of several parts as JSON. A
 * text keeps to its line and to 80 characters.
 *
 * @param types ClickHouse's names of the columns' types
 */
export function queryTable(
  names: readonly string[],
  types: readonly string[],
  rows: readonly Json[][],
): string {
  const right = types.map(isNumberType);
  const cells = rows.map((row) => row.map((value) => cut(plain(value))));
  const widths = names.map((name, i) =>
    Math.max(lengthOf(name), ...cells.map((row) => lengthOf(row[i] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - lengthOf(cell));
        return right[i] ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(names), rule, ...cells.map(line)].map((text) => `${text}\n`).join('');
}

function plain(value: Json): string {
  if (value === null) return ABSENT;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function cut(text: string): string {
  // What would break the line, or speak to the terminal, is written as a sign.
  const characters = [...text.replaceAll('\n', '⏎').replace(/\p{Cc}/gu, '�')];
  return characters.length > widest ? `${characters.slice(0, widest - 1).join('')}…` : characters.join('');
}

function lengthOf(text: string): number {
  return [...text].length;
}
