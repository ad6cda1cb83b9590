import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import type { Micros } from '../../../domain/units.ts';
import { defineOperation } from '../define-operation.ts';
import { RefusalBody } from '../refusal.ts';
import type { Service, Table } from '../service.ts';
import { refusal } from '../world-request.ts';
import { definedColumns, fold, isoTime } from './answers.ts';

const time = z.iso.datetime({ offset: true, error: 'expected an ISO 8601 time with a zone' });

const NewEvent = z.strictObject({
  title: z.string().trim().min(1),
  start: time,
  end: time,
  attendees: z.array(z.email()).min(1),
  description: z.string().optional(),
});

const Event = z.looseObject({
  id: z.string(),
  title: z.string(),
  start: z.string(),
  end: z.string(),
  attendees: z.array(z.string()),
  description: z.string().nullable(),
});

const day = z.iso.date({ error: ({ input }) => `expected YYYY-MM-DD (UTC), got "${input ?? ''}"` });

type Interval = { start: number; end: number };

function intervalOf(event: Row): Interval {
  return { start: Date.parse(String(event.start)), end: Date.parse(String(event.end)) };
}

/** Ends touching starts do not overlap. */
function overlaps(left: Interval, right: Interval): boolean {
  return left.start < right.end && right.start < left.end;
}

function eventsIn(events: Table, window: Interval): Row[] {
  return [...events.all()]
    .filter((event) => overlaps(intervalOf(event), window))
    .sort((a, b) => intervalOf(a).start - intervalOf(b).start);
}

/** Overlapping and touching intervals as one, in order of time. */
function merge(sorted: Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last && interval.start <= last.end) last.end = Math.max(last.end, interval.end);
    else merged.push({ ...interval });
  }
  return merged;
}

const clock = defineOperation({
  id: 'clock.get',
  method: 'GET',
  path: '/clock',
  summary: 'What time it is',
  replies: { 200: z.object({ now: z.string(), time_zone: z.literal('UTC') }) },
  handle: ({ now }) => ({ status: 200, body: { now: isoTime(now), time_zone: 'UTC' } }),
});

const listEvents = defineOperation({
  id: 'events.list',
  method: 'GET',
  path: '/events',
  summary: 'Events of a day in UTC',
  query: z.object({ day }),
  replies: { 200: z.object({ day: z.string(), events: z.array(Event) }) },
  handle({ query: { day }, table }) {
    const start = Date.parse(`${day}T00:00:00Z`);
    const window = { start, end: start + 86_400_000 };
    return { status: 200, body: { day, events: eventsIn(table('events'), window) } };
  },
});

const viewEvents = defineOperation({
  id: 'events.view',
  method: 'GET',
  path: '/calendar-view',
  summary: 'Events between two times, all or those whose title has a word',
  query: z.object({ start: time, end: time, q: z.string().optional() }),
  replies: { 200: z.object({ events: z.array(Event) }) },
  handle({ query: { start, end, q = '' }, table }) {
    const events = eventsIn(table('events'), intervalOf({ start, end }));
    return {
      status: 200,
      body: { events: events.filter(({ title }) => fold(String(title)).includes(fold(q))) },
    };
  },
});

const listSettings = defineOperation({
  id: 'settings.list',
  method: 'GET',
  path: '/settings',
  summary: 'Whose calendar it is, its time zone, and how its owner likes to meet',
  replies: { 200: z.object({ items: z.array(z.looseObject({ id: z.string(), value: z.string() })) }) },
  handle: ({ table }) => ({ status: 200, body: { items: [...table('settings').all()] } }),
});

const freeBusy = defineOperation({
  id: 'free-busy.query',
  method: 'GET',
  path: '/free-busy',
  summary: 'When the calendar is taken between two times',
  query: z
    .object({ from: z.string(), to: z.string() })
    .partial()
    .refine(({ from = '', to = '' }) => Date.parse(from) < Date.parse(to), {
      error: 'expected the ISO 8601 times "from" before "to"',
    }),
  replies: { 200: z.object({ busy: z.array(z.object({ start: z.string(), end: z.string() })) }) },
  handle({ query: { from = '', to = '' }, table }) {
    const window = { start: Date.parse(from), end: Date.parse(to) };
    const busy = merge(eventsIn(table('events'), window).map(intervalOf)).map(({ start, end }) => ({
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
    }));
    return { status: 200, body: { busy } };
  },
});

/** Why an event may not lie there, or `null`; `id` is the event itself, which is not in its own way. */
function obstacle(interval: Interval, events: Table, now: Micros, id: string | null = null) {
  if (interval.end <= interval.start)
    return refusal(422, 'unprocessable', 'end: expected a time after start');
  if (interval.start < now / 1000)
    return refusal(422, 'unprocessable', `start: expected a time after now, ${isoTime(now)}`);
  const taken = eventsIn(events, interval).find((event) => event.id !== id);
  return taken ? refusal(409, 'conflict', `the time is taken by "${String(taken.title)}"`) : null;
}

const create = defineOperation({
  id: 'events.create',
  method: 'POST',
  path: '/events',
  summary: 'Books an event at a time that is free',
  body: NewEvent,
  replies: { 201: Event, 409: RefusalBody, 422: RefusalBody },
  handle({ body: { title, start, end, attendees, description }, table, newId, now }) {
    const interval = intervalOf({ start, end });
    const refused = obstacle(interval, table('events'), now);
    if (refused) return refused;
    const row = table('events').insert({
      id: newId('evt'),
      title,
      start: new Date(interval.start).toISOString(),
      end: new Date(interval.end).toISOString(),
      attendees,
      description: description ?? null,
    });
    return { status: 201, body: row };
  },
});

const EventPatch = NewEvent.partial().refine(
  (patch) => Object.keys(patch).length > 0,
  'expected at least one field to change',
);

function unknownEvent(id: string) {
  return refusal(404, 'not_found', `no event has the id "${id}"`);
}

const change = defineOperation({
  id: 'events.update',
  method: 'PATCH',
  path: '/events/:id',
  summary: 'Moves an event to a time that is free, or changes what it says',
  body: EventPatch,
  replies: { 200: Event, 404: RefusalBody, 409: RefusalBody, 422: RefusalBody },
  handle({ params: { id }, body: { start, end, ...words }, table, now }) {
    const event = table('events').get(id);
    if (!event) return unknownEvent(id);
    const interval = intervalOf({ start: start ?? event.start ?? null, end: end ?? event.end ?? null });
    const times = {
      start: new Date(interval.start).toISOString(),
      end: new Date(interval.end).toISOString(),
    };
    const moved = times.start !== event.start || times.end !== event.end;
    const refused = moved ? obstacle(interval, table('events'), now, id) : null;
    if (refused) return refused;
    return { status: 200, body: table('events').update(id, { ...times, ...definedColumns(words) }) };
  },
});

const cancel = defineOperation({
  id: 'events.delete',
  method: 'DELETE',
  path: '/events/:id',
  summary: 'Cancels an event and tells its attendees',
  replies: { 200: Event, 404: RefusalBody },
  handle({ params: { id }, table }) {
    const event = table('events').get(id);
    if (!event) return unknownEvent(id);
    table('events').delete(id);
    return { status: 200, body: event };
  },
});

/** One calendar in UTC that takes no two events at a time, and tells the time. */
export const calendar: Service = {
  name: 'calendar',
  tables: { events: { key: 'id' }, settings: { key: 'id' } },
  operations: [clock, listEvents, viewEvents, listSettings, freeBusy, create, change, cancel],
};
