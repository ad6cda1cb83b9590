import { z } from 'zod';
import { type Tool, defineTool as tool, withQuery } from '../genai/tool.ts';

const isoTime = z.string().describe('ISO 8601 with a zone: 2026-03-05T15:00:00Z');
const none = z.strictObject({});

/** All that the assistant can do in the world. No agent of it is offered all. */
export const TOOLS = {
  current_time: tool('current_time', 'The current time in UTC.', { parameters: none, writes: false }, () => ({
    api: 'calendar',
    method: 'GET',
    path: '/clock',
  })),
  get_preferences: tool(
    'get_preferences',
    "Whose calendar it is (address), the owner's time zone, and how they like to meet.",
    { parameters: none, writes: false },
    () => ({ api: 'calendar', method: 'GET', path: '/settings' }),
  ),
  view_calendar: tool(
    'view_calendar',
    'The events between two times, all or those with a word in their title.',
    {
      parameters: z.strictObject({ start: isoTime, end: isoTime, word: z.string().optional() }),
      writes: false,
    },
    ({ start, end, word }) => ({
      api: 'calendar',
      method: 'GET',
      path: withQuery('/calendar-view', { start, end, q: word }),
    }),
  ),
  create_event: tool(
    'create_event',
    'Put an event into the calendar and invite the attendees. An event without guests has its owner as attendee.',
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
  move_event: tool(
    'move_event',
    'Move an event to another time.',
    { parameters: z.strictObject({ event_id: z.string(), start: isoTime, end: isoTime }), writes: true },
    ({ event_id, ...times }) => ({
      api: 'calendar',
      method: 'PATCH',
      path: `/events/${encodeURIComponent(event_id)}`,
      body: times,
    }),
  ),
  cancel_event: tool(
    'cancel_event',
    'Take an event out of the calendar and tell its attendees.',
    { parameters: z.strictObject({ event_id: z.string() }), writes: true },
    ({ event_id }) => ({
      api: 'calendar',
      method: 'DELETE',
      path: `/events/${encodeURIComponent(event_id)}`,
    }),
  ),
  search_contacts: tool(
    'search_contacts',
    'Find people in the address book by name, company or note.',
    { parameters: z.strictObject({ query: z.string().min(1) }), writes: false },
    ({ query }) => ({ api: 'contacts', method: 'GET', path: withQuery('/people/search', { query }) }),
  ),
  add_contact: tool(
    'add_contact',
    'Add a person to the address book. Numbers begin with + and the country.',
    {
      parameters: z.strictObject({
        name: z.string().min(1),
        phone: z.string().optional(),
        email: z.string().optional(),
        company: z.string().optional(),
        note: z.string().optional(),
      }),
      writes: true,
    },
    (person) => ({ api: 'contacts', method: 'POST', path: '/people', body: person }),
  ),
  update_contact: tool(
    'update_contact',
    'Change the number or the e-mail address of a person in the address book.',
    {
      parameters: z.strictObject({
        contact_id: z.string().describe('What follows people/ in the resource name'),
        phone: z.string().optional(),
        email: z.string().optional(),
      }),
      writes: true,
    },
    ({ contact_id, ...change }) => ({
      api: 'contacts',
      method: 'PATCH',
      path: `/people/${encodeURIComponent(contact_id)}`,
      body: change,
    }),
  ),
  list_texts: tool(
    'list_texts',
    'Text messages, newest first: all, from a number, or to a number.',
    { parameters: z.strictObject({ from: z.string().optional(), to: z.string().optional() }), writes: false },
    ({ from, to }) => ({ api: 'sms', method: 'GET', path: withQuery('/Messages', { From: from, To: to }) }),
  ),
  send_text: tool(
    'send_text',
    'Send one text message. It cannot be taken back.',
    { parameters: z.strictObject({ to: z.string(), body: z.string().min(1) }), writes: true },
    ({ to, body }) => ({ api: 'sms', method: 'POST', path: '/Messages', body: { To: to, Body: body } }),
  ),
  search_mail: tool(
    'search_mail',
    'Received mail, newest first: from an address, or with a word in it.',
    {
      parameters: z.strictObject({ from: z.string().optional(), word: z.string().optional() }),
      writes: false,
    },
    ({ from, word }) => ({ api: 'mail', method: 'GET', path: withQuery('/inbox', { from, q: word }) }),
  ),
  list_sent_mail: tool(
    'list_sent_mail',
    'Mail that was sent to an address, newest first.',
    { parameters: z.strictObject({ to: z.string() }), writes: false },
    ({ to }) => ({ api: 'mail', method: 'GET', path: withQuery('/sent', { to }) }),
  ),
  send_mail: tool(
    'send_mail',
    'Send one mail. It cannot be taken back. Give thread_id to answer in a thread.',
    {
      parameters: z.strictObject({
        to: z.string(),
        subject: z.string().min(1),
        body: z.string().min(1),
        thread_id: z.string().optional(),
      }),
      writes: true,
    },
    (message) => ({ api: 'mail', method: 'POST', path: '/messages', body: message }),
  ),
  web_search: tool(
    'web_search',
    'Search the web.',
    { parameters: z.strictObject({ query: z.string().min(1) }), writes: false },
    ({ query }) => ({ api: 'websearch', method: 'GET', path: withQuery('/web/search', { q: query }) }),
  ),
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(TOOLS, name);
}
