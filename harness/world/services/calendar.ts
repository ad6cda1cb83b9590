import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import type { Operation, Service, Table } from '../service.ts';
import { refusal } from '../world-request.ts';
import { isoTime, readBody } from './answers.ts';

const time = z.iso.datetime({ offset: true, error: 'expected an ISO 8601 time with a zone' });

const NewEvent = z.strictObject({
  title: z.string().trim().min(1),
  start: time,
  end: time,
  attendees: z.array(z.email()).min(1),
  description: z.string().optional(),
});

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

const clock: Operation = {
  id: 'clock.get',
  method: 'GET',
  path: '/clock',
  handle: ({ now }) => ({ status: 200, body: { now: isoTime(now), time_zone: 'UTC' } }),
};

const listEvents: Operation = {
  id: 'events.list',
  method: 'GET',
  path: '/events',
  handle({ query, table }) {
    const day = query.get('day') ?? '';
    const start = z.iso.date().safeParse(day).success ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(start))
      return refusal(400, 'bad_request', `day: expected YYYY-MM-DD (UTC), got "${day}"`);
    const window = { start, end: start + 86_400_000 };
    return { status: 200, body: { day, events: eventsIn(table('events'), window) } };
  },
};

const freeBusy: Operation = {
  id: 'free-busy.query',
  method: 'GET',
  path: '/free-busy',
  handle({ query, table }) {
    const window = {
      start: Date.parse(query.get('from') ?? ''),
      end: Date.parse(query.get('to') ?? ''),
    };
    if (!(window.start < window.end))
      return refusal(400, 'bad_request', 'expected the ISO 8601 times "from" before "to"');
    const busy = merge(eventsIn(table('events'), window).map(intervalOf)).map(({ start, end }) => ({
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
    }));
    return { status: 200, body: { busy } };
  },
};

const create: Operation = {
  id: 'events.create',
  method: 'POST',
  path: '/events',
  handle({ body, table, newId, now }) {
    const event = readBody(NewEvent, body);
    if (!event.ok) return event.reply;
    const { title, attendees, description } = event.value;
    const interval = intervalOf(event.value as Row);
    if (interval.end <= interval.start)
      return refusal(422, 'unprocessable', 'end: expected a time after start');
    if (interval.start < now / 1000)
      return refusal(422, 'unprocessable', `start: expected a time after now, ${isoTime(now)}`);
    const [taken] = eventsIn(table('events'), interval);
    if (taken) return refusal(409, 'conflict', `the time is taken by "${String(taken.title)}"`);
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
};

/** One calendar in UTC that takes no two events at a time, and tells the time. */
export const calendar: Service = {
  name: 'calendar',
  tables: { events: { key: 'id' } },
  operations: [clock, listEvents, freeBusy, create],
};
