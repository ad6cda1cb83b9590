import { z } from 'zod';
import { type Tool, defineTool as tool, withQuery } from '../genai/tool.ts';

const contactId = z.string().describe('The id of the contact in the CRM');
const isoTime = z.string().describe('ISO 8601 with a zone: 2026-03-05T15:00:00Z');

function contactPath(id: string, rest = ''): string {
  return `/contacts/${encodeURIComponent(id)}${rest}`;
}

/** All that Alice can do. */
export const TOOLS: readonly Tool[] = [
  tool(
    'search_contacts',
    'Find contacts in the CRM by a part of their name, e-mail address or company.',
    { parameters: z.strictObject({ query: z.string().min(1) }), writes: false },
    ({ query }) => ({ api: 'crm', method: 'GET', path: withQuery('/contacts', { q: query }) }),
  ),
  tool(
    'get_contact',
    'Read one contact of the CRM: e-mail address, company, title, status, owner.',
    { parameters: z.strictObject({ contact_id: contactId }), writes: false },
    ({ contact_id }) => ({ api: 'crm', method: 'GET', path: contactPath(contact_id) }),
  ),
  tool(
    'update_contact',
    "Change a contact's status or owner in the CRM.",
    {
      parameters: z.strictObject({
        contact_id: contactId,
        status: z.enum(['new', 'contacted', 'replied', 'opted_out', 'meeting_booked']).optional(),
        owner: z.string().optional(),
      }),
      writes: true,
    },
    ({ contact_id, ...change }) => ({
      api: 'crm',
      method: 'PATCH',
      path: contactPath(contact_id),
      body: change,
    }),
  ),
  tool(
    'list_notes',
    'Read what colleagues noted on a contact.',
    { parameters: z.strictObject({ contact_id: contactId }), writes: false },
    ({ contact_id }) => ({ api: 'crm', method: 'GET', path: contactPath(contact_id, '/notes') }),
  ),
  tool(
    'add_note',
    'Leave a note for colleagues on a contact.',
    { parameters: z.strictObject({ contact_id: contactId, text: z.string().min(1) }), writes: true },
    ({ contact_id, text }) => ({
      api: 'crm',
      method: 'POST',
      path: contactPath(contact_id, '/notes'),
      body: { text, author: 'alice' },
    }),
  ),
  tool(
    'list_inbox',
    'List received mail, newest first, all or from one address.',
    { parameters: z.strictObject({ from: z.string().optional() }), writes: false },
    ({ from }) => ({ api: 'mail', method: 'GET', path: withQuery('/inbox', { from }) }),
  ),
  tool(
    'read_thread',
    'Read a whole mail thread, oldest first, received and sent.',
    { parameters: z.strictObject({ thread_id: z.string() }), writes: false },
    ({ thread_id }) => ({ api: 'mail', method: 'GET', path: `/threads/${encodeURIComponent(thread_id)}` }),
  ),
  tool(
    'list_sent_mail',
    'List mail that any of us sent to an address, newest first.',
    { parameters: z.strictObject({ to: z.string() }), writes: false },
    ({ to }) => ({ api: 'mail', method: 'GET', path: withQuery('/sent', { to }) }),
  ),
  tool(
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
];
