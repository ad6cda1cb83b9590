import { z } from 'zod';
import { type Tool, defineTool as tool, withQuery } from '../../genai/tool.ts';

const personId = z.string().describe('The id of the member');

/** A professional network: members, connection requests, messages. */
export const LINKEDIN_TOOLS: readonly Tool[] = [
  tool(
    'search_people',
    'Find members of LinkedIn by a part of their name, headline or company.',
    {
      parameters: z.strictObject({ keywords: z.string().min(1), company: z.string().optional() }),
      writes: false,
    },
    (wanted) => ({ api: 'linkedin', method: 'GET', path: withQuery('/people', wanted) }),
  ),
  tool(
    'get_person',
    'Read the profile of a member of LinkedIn. Degree 1 means that we are connected.',
    { parameters: z.strictObject({ person_id: personId }), writes: false },
    ({ person_id }) => ({ api: 'linkedin', method: 'GET', path: `/people/${encodeURIComponent(person_id)}` }),
  ),
  tool(
    'list_linkedin_messages',
    'Read the LinkedIn messages with a member, or of a conversation, oldest first.',
    {
      parameters: z.strictObject({ person_id: personId.optional(), conversation_id: z.string().optional() }),
      writes: false,
    },
    (wanted) => ({ api: 'linkedin', method: 'GET', path: withQuery('/messages', wanted) }),
  ),
  tool(
    'send_linkedin_message',
    'Write to a member of LinkedIn with whom we are connected. It cannot be taken back.',
    { parameters: z.strictObject({ person_id: personId, text: z.string().min(1) }), writes: true },
    (message) => ({ api: 'linkedin', method: 'POST', path: '/messages', body: message }),
  ),
  tool(
    'list_invitations',
    'List the connection requests that we sent, newest first, all or to one member.',
    { parameters: z.strictObject({ person_id: personId.optional() }), writes: false },
    ({ person_id }) => ({
      api: 'linkedin',
      method: 'GET',
      path: withQuery('/invitations', { invitee: person_id }),
    }),
  ),
  tool(
    'send_invitation',
    'Ask a member of LinkedIn to connect, with a note of 300 characters at most or without.',
    {
      parameters: z.strictObject({ person_id: personId, message: z.string().optional() }),
      writes: true,
    },
    ({ person_id, message }) => ({
      api: 'linkedin',
      method: 'POST',
      path: '/invitations',
      body: { invitee: person_id, message },
    }),
  ),
  tool(
    'withdraw_invitation',
    'Take back a connection request that is pending.',
    { parameters: z.strictObject({ invitation_id: z.string() }), writes: true },
    ({ invitation_id }) => ({
      api: 'linkedin',
      method: 'DELETE',
      path: `/invitations/${encodeURIComponent(invitation_id)}`,
    }),
  ),
];
