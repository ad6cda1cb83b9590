import { z } from 'zod';
import { type Tool, defineTool as tool, withQuery } from '../../genai/tool.ts';

const address = z.string().describe('An e-mail address');

/** The list of addresses that get no mail. */
export const SUPPRESSION_TOOLS: readonly Tool[] = [
  tool(
    'look_up_suppression',
    'Whether an address is on the list of those that get no mail (unsubscribed, bounced, complained).',
    { parameters: z.strictObject({ address }), writes: false },
    (wanted) => ({ api: 'suppressions', method: 'GET', path: withQuery('/suppressions', wanted) }),
  ),
  tool(
    'add_suppression',
    'Put an address on the list of those that get no mail.',
    {
      parameters: z.strictObject({ address, reason: z.enum(['unsubscribe', 'bounce', 'complaint']) }),
      writes: true,
    },
    (entry) => ({ api: 'suppressions', method: 'POST', path: '/suppressions', body: entry }),
  ),
];
