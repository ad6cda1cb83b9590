import { z } from 'zod';
import { type Tool, defineTool as tool, withQuery } from '../../genai/tool.ts';

const contactId = z.string().describe('The id of the contact in the CRM');

function contactPath(id: string, rest = ''): string {
  return `/contacts/${encodeURIComponent(id)}${rest}`;
}

/** Contacts and notes. */
export const CRM_TOOLS: readonly Tool[] = [
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
];
