import { createHash } from 'node:crypto';
import type { Effect, Row } from '../../../domain/effect.ts';
import type { Json } from '../../../domain/json.ts';
import type { Fixture } from '../service.ts';
import { pythonRepr } from './python-text.ts';

/** Rows of the fixture are shared by all worlds: their text is made once. */
type TextCache = WeakMap<Row, string>;

/**
 * Computes tau-bench's own digest (sha256 in hex) of a whole world: that of `fixture` after the writes of a journal.
 * Scoring needs none of this, it reads the journal alone; the tests hold the one against the other.
 */
export function stateDigests(fixture: Fixture): (journal: readonly Effect[]) => string {
  const texts: TextCache = new WeakMap();
  return (journal) => {
    const tables = ['flights', 'reservations', 'users'].map((name) => {
      const table = `airline.${name}`;
      const column =
        { flights: 'flight_number', reservations: 'reservation_id', users: 'user_id' }[name] ?? '';
      const rows = new Map((fixture[table] ?? []).map((row) => [String(row[column]), row]));
      for (const effect of journal) {
        if (effect.table !== table) continue;
        if (effect.after) rows.set(effect.key, effect.after);
        else rows.delete(effect.key);
      }
      const members = [...rows]
        .sort(byKey)
        .map(([key, row]) => `(${pythonRepr(key)}, ${rowText(row, texts)})`);
      return `(${pythonRepr(name)}, ${tuple(members)})`;
    });
    return createHash('sha256').update(tuple(tables)).digest('hex');
  };
}

function rowText(row: Row, texts: TextCache): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const { user_id, ...user } = row;
  // A user's id is the key of the record there and no field of it; a reservation has a field of that name.
  const text = tupleText(user_id === undefined || 'reservation_id' in row ? row : user);
  texts.set(row, text);
  return text;
}

/** Objects as tuples of (key, value) sorted by key, arrays as tuples. */
function tupleText(value: Json): string {
  if (Array.isArray(value)) return tuple(value.map(tupleText));
  if (typeof value !== 'object' || value === null) return pythonRepr(value);
  const members = Object.entries(value).sort(byKey);
  return tuple(members.map(([key, item]) => `(${pythonRepr(key)}, ${tupleText(item)})`));
}

function tuple(items: readonly string[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
