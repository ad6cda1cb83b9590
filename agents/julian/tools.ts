import { z } from 'zod';
import { type Tool, defineTool as tool, withQuery } from '../genai/tool.ts';

const isoTime = z.string().describe('ISO 8601 with a zone: 2026-03-05T15:00:00Z');
const sid = z.string().describe('The sid of the call');
const callPath = (call: string, rest: string) => `/Calls/${encodeURIComponent(call)}/${rest}`;

/** What the model may do; speaking and hearing are the loop's. */
export const TOOLS: readonly Tool[] = [
  tool('current_time', 'The current time in UTC.', { parameters: z.strictObject({}), writes: false }, () => ({
    api: 'calendar',
    method: 'GET',
    path: '/clock',
  })),
  tool(
    'view_calendar',
    'The events between two times.',
    { parameters: z.strictObject({ start: isoTime, end: isoTime }), writes: false },
    ({ start, end }) => ({
      api: 'calendar',
      method: 'GET',
      path: withQuery('/calendar-view', { start, end }),
    }),
  ),
  tool(
    'book_meeting',
    'Put the meeting into the calendar and invite the attendees.',
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
    'dial',
    'Call a number. When somebody answers, what you say is spoken to them and what they say comes to you.',
    { parameters: z.strictObject({ to: z.string() }), writes: true },
    ({ to }) => ({ api: 'telephony', method: 'POST', path: '/Calls', body: { To: to } }),
  ),
  tool(
    'hang_up',
    'End the call.',
    { parameters: z.strictObject({ call: sid }), writes: true },
    ({ call }) => ({ api: 'telephony', method: 'POST', path: callPath(call, 'hangup') }),
  ),
];

/** The two halves of a turn. */
export const VOICE = {
  listen: tool(
    'listen',
    'Hear what is said next.',
    { parameters: z.strictObject({ call: sid }), writes: false },
    ({ call }) => ({ api: 'telephony', method: 'POST', path: callPath(call, 'listen'), body: {} }),
  ),
  say: tool(
    'say',
    'Speak.',
    { parameters: z.strictObject({ call: sid, text: z.string() }), writes: true },
    ({ call, text }) => ({ api: 'telephony', method: 'POST', path: callPath(call, 'say'), body: { text } }),
  ),
};
