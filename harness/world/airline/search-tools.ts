import type { Row } from '../../../domain/effect.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { element, find, member } from './python-operations.ts';
import { pythonJson, pythonRepr } from './python-text.ts';
import { defineTool } from './tool.ts';
import { ToolError } from './tool-error.ts';

export const searchDirectFlight = defineTool(
  'search_direct_flight',
  ['origin', 'destination', 'date'],
  ({ origin, destination, date }, { flights }) => {
    const found: JsonObject[] = [];
    for (const flight of flights.all()) {
      if (flight.origin === origin && flight.destination === destination && isAvailable(flight, date)) {
        found.push(onDay(flight, date));
      }
    }
    return pythonJson(found);
  },
);

/**
 * Pairs of flights with one stop. After an overnight first leg the second flies on the next day, but is shown with the
 * seats and prices of the day before, as the original does.
 */
export const searchOnestopFlight = defineTool(
  'search_onestop_flight',
  ['origin', 'destination', 'date'],
  ({ origin, destination, date }, { flights }) => {
    const all = [...flights.all()];
    const found: Json[] = [];
    for (const first of all.filter((flight) => flight.origin === origin)) {
      for (const second of all) {
        if (second.destination !== destination || second.origin !== first.destination) continue;
        const arrival = text(first, 'scheduled_arrival_time_est');
        const secondDate = arrival.includes('+1') ? nextDay(date) : date;
        if (arrival > text(second, 'scheduled_departure_time_est')) continue;
        if (!isAvailable(first, date) || !isAvailable(second, secondDate)) continue;
        found.push([
          { ...onDay(first, date), date },
          { ...onDay(second, date), date: secondDate },
        ]);
      }
    }
    return pythonJson(found);
  },
);

function isAvailable(flight: Row, date: Json): boolean {
  const day = find(member(flight, 'dates'), date);
  return day !== undefined && member(day, 'status') === 'available';
}

/** A flight with the fields of its day in the place of all its days. */
function onDay({ dates, ...flight }: Row, date: Json): JsonObject {
  return { ...flight, ...(element(dates ?? null, date) as JsonObject) };
}

/** The original counts within May 2024 and pads nothing: `2024-05-16` gives `2024-05-17`, `2024-05-08` `2024-05-9`. */
function nextDay(date: Json): string {
  if (typeof date !== 'string') throw new ToolError('expected a text as date');
  const tail = [...date].slice(-2).join('');
  if (!/^\s*[+-]?\d+\s*$/.test(tail)) {
    throw new ToolError(`invalid literal for int() with base 10: ${pythonRepr(tail)}`);
  }
  return `2024-05-${Number(tail) + 1}`;
}

function text(flight: Row, column: string): string {
  return String(flight[column]);
}
