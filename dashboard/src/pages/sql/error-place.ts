/** A part of the SQL that an error is about; line and column from one. */
export type ErrorPlace = { line: number; column: number; start: number; end: number };

/**
 * Where the SQL is wrong, by what the store says: it gives the position of what it cannot read, counted in bytes from one,
 * and the name of what it does not know.
 *
 * @returns `null` where it says neither, or says it of something that does not stand there.
 */
export function errorPlace(sql: string, message: string): ErrorPlace | null {
  const [, position] = /failed at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) {
    const bytes = new TextEncoder().encode(sql).slice(0, Number(position) - 1);
    return placeAt(sql, new TextDecoder().decode(bytes).length);
  }
  const [, name] = /(?:identifier|function|table|column|with name) [`']?([\w.]+)/i.exec(message) ?? [];
  if (name === undefined) return null;
  const start = sql.search(new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`));
  return start < 0 ? null : placeAt(sql, start);
}

/** From `start` on the word that stands there, else one sign. */
function placeAt(sql: string, start: number): ErrorPlace {
  const before = sql.slice(0, start).split('\n');
  const word = /^[\w.]+/.exec(sql.slice(start))?.[0].length ?? 1;
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    start,
    end: Math.min(start + word, sql.length),
  };
}
