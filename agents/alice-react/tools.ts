import type { Apis, Tool } from '../genai/tool.ts';
import { CALENDAR_TOOLS } from './tools/calendar.ts';
import { COMPANY_TOOLS } from './tools/companies.ts';
import { CRM_TOOLS } from './tools/crm.ts';
import { LINKEDIN_TOOLS } from './tools/linkedin.ts';
import { MAIL_TOOLS } from './tools/mail.ts';
import { SUPPRESSION_TOOLS } from './tools/suppressions.ts';

/** All tools, with the API that each calls. */
const BY_API: Readonly<Record<string, readonly Tool[]>> = {
  crm: CRM_TOOLS,
  mail: MAIL_TOOLS,
  calendar: CALENDAR_TOOLS,
  companies: COMPANY_TOOLS,
  linkedin: LINKEDIN_TOOLS,
  suppressions: SUPPRESSION_TOOLS,
};

/** What an SDR needs first: the first five write a first mail, the first ten also handle a reply. */
const FIRST = [
  'search_contacts',
  'current_time',
  'list_sent_mail',
  'send_mail',
  'update_contact',
  'read_thread',
  'list_inbox',
  'list_events',
  'book_meeting',
  'get_contact',
  'list_notes',
  'add_note',
];

function place({ name }: Tool): number {
  const found = FIRST.indexOf(name);
  return found < 0 ? FIRST.length : found;
}

/** All that Alice can do, what she needs first first. */
export const TOOLS: readonly Tool[] = Object.values(BY_API)
  .flat()
  .toSorted((a, b) => place(a) - place(b));

/**
 * The tools whose APIs are at hand, `most` of them at most.
 *
 * @example toolsFor({ crm, mail, calendar }, 5) // writes a first mail, and no more
 */
export function toolsFor(apis: Apis, most: number): readonly Tool[] {
  const usable = new Set(Object.keys(apis).flatMap((api) => BY_API[api] ?? []));
  return TOOLS.filter((tool) => usable.has(tool)).slice(0, most);
}
