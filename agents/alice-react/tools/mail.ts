import { z } from 'zod';
import { type Tool, defineTool as tool, withQuery } from '../../genai/tool.ts';

/** One mailbox. */
export const MAIL_TOOLS: readonly Tool[] = [
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
];
