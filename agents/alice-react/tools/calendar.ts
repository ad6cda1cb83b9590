import { z } from 'zod';
import { type Tool, defineTool as tool, withQuery } from '../../genai/tool.ts';

const isoTime = z.string().describe('ISO 8601 with a zone: 2026-03-05T15:00:00Z');
const eventId = z.string().describe('The id of the event in the calendar');

function eventPath(id: string): string {
  return `/events/${encodeURIComponent(id)}`;
}

/** One calendar, and the clock. */
export const CALENDAR_TOOLS: readonly Tool[] = [
  tool(
    'current_time',
    'The current time and the time zone of the calendar.',
    { parameters: z.strictObject({}), writes: false },
    () => ({ api: 'calendar', method: 'GET', path: '/clock' }),
  ),
  tool(
    'list_events',
    'List the events of one day in the calendar.',
    { parameters: z.strictObject({ day: z.string().describe('YYYY-MM-DD') }), writes: false },
    ({ day }) => ({ api: 'calendar', method: 'GET', path: withQuery('/events', { day }) }),
  ),
  tool(
    'book_meeting',
    'Put a meeting into the calendar and invite the attendees.',
    {
      parameters: z.strictObject({
        title: z.string().min(1),
        start: isoTime,
        end: isoTime,
        attendees: z.array(z.string()).min(1).describe('E-mail addresses'),
      }),
      writes: true,
    },
    (event) => ({ api: 'calendar', method: 'POST', path: '/events', body: event }),
  ),
  tool(
    'find_busy_times',
    'When the calendar is taken between two times.',
    { parameters: z.strictObject({ from: isoTime, to: isoTime }), writes: false },
    (window) => ({ api: 'calendar', method: 'GET', path: withQuery('/free-busy', window) }),
  ),
  tool(
    'move_meeting',
    'Move a meeting that is in the calendar to another time. Its attendees are told.',
    { parameters: z.strictObject({ event_id: eventId, start: isoTime, end: isoTime }), writes: true },
    ({ event_id, ...times }) => ({
      api: 'calendar',
      method: 'PATCH',
      path: eventPath(event_id),
      body: times,
    }),
  ),
  tool(
    'cancel_meeting',
    'Take a meeting out of the calendar. Its attendees are told.',
    { parameters: z.strictObject({ event_id: eventId }), writes: true },
    ({ event_id }) => ({ api: 'calendar', method: 'DELETE', path: eventPath(event_id) }),
  ),
];
