import type { Json } from '../../../../domain/json.ts';

/** An answer of the store: at most so many rows as were asked for, and whether there are more. */
export type SqlRows = { names: string[]; types: string[]; rows: Json[][]; more: boolean };

/** Reads the format `rows`: a line of names, a line of types, then an array a line. More than `limit` rows may come. */
export function readRows(text: string, limit: number): SqlRows {
  const [names = '[]', types = '[]', ...rows] = text.split('\n').filter((line) => line !== '');
  return {
    names: JSON.parse(names) as string[],
    types: JSON.parse(types) as string[],
    rows: rows.slice(0, limit).map((line) => JSON.parse(line) as Json[]),
    more: rows.length > limit,
  };
}

/** A value on one line, as far as a cell shows it. `null` is `∅`, as `rehearse query` writes it. */
export function cellWords(value: Json): string {
  if (value === null) return '∅';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.slice(0, shownCharacters).replace(/\s+/g, ' ');
}

const shownCharacters = 300;

const [narrowest, widest] = [5, 48];
const sampled = 200;

/** Widths of the columns in characters, by their names and first rows: a table that scrolls keeps them. */
export function columnWidths({ names, rows }: Pick<SqlRows, 'names' | 'rows'>): number[] {
  return names.map((name, column) => {
    const longest = rows
      .slice(0, sampled)
      .reduce((most, row) => Math.max(most, cellWords(row[column] ?? null).length), name.length);
    return Math.min(widest, Math.max(narrowest, longest));
  });
}

/** Where in the dashboard a value leads, by the name of its column. */
export function linkOf(name: string, value: Json): string | null {
  if (typeof value !== 'string' || value === '') return null;
  if (name === 'trace_id' && /^[0-9a-f]{32}$/.test(value)) return `/traces/${value}`;
  if (name === 'trial_id' && /^[0-9a-f]{24}$/.test(value)) return `/trials/${value}`;
  return name === 'run_id' ? `/runs/${encodeURIComponent(value)}` : null;
}
