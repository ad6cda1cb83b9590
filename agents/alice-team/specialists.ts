import type { Tool } from '../genai/tool.ts';
import { EMAIL_WRITER, LINKEDIN_WRITER, type Part, POSITIONING, RESEARCHER } from './prompts.ts';

/** A member of the team: whom the supervisor can ask, with which tools and which model. */
export type Specialist = {
  /** Of the tool by which it is asked, and of the agent in its spans. */
  name: string;
  /** What the supervisor is told of it. */
  description: string;
  prompt: Part;
  /** `small` for carrying out, `strong` for judging and wording. */
  model: 'strong' | 'small';
  uses(tool: Tool): boolean;
};

/** Reads after a write that failed: did it take place all the same? */
const CHECKS = ['list_sent_mail', 'list_events', 'get_contact', 'list_notes', 'list_inbox'];
const LINKEDIN_CHECKS = ['list_linkedin_messages', 'list_invitations', 'get_contact'];
const ON_LINKEDIN = /linkedin|invitation/;

export const SPECIALISTS: readonly Specialist[] = [
  {
    name: 'researcher',
    description:
      'Finds out all that the request needs, and whether anything speaks against acting. Reads only.',
    prompt: RESEARCHER,
    model: 'small',
    uses: ({ writes }) => !writes,
  },
  {
    name: 'positioning_report',
    description:
      'Says from what was found why our offer may matter to the reader, with evidence. Before a first message.',
    prompt: POSITIONING,
    model: 'strong',
    uses: () => false,
  },
  {
    name: 'linkedin_writer',
    description: 'Writes messages and invitations on LinkedIn and sends them.',
    prompt: LINKEDIN_WRITER,
    model: 'strong',
    uses: ({ name, writes }) =>
      writes ? ON_LINKEDIN.test(name) || name === 'update_contact' : LINKEDIN_CHECKS.includes(name),
  },
  {
    name: 'email_writer',
    description: 'Writes and answers mail, books and moves meetings, keeps the CRM.',
    prompt: EMAIL_WRITER,
    model: 'strong',
    uses: ({ name, writes }) => (writes ? !ON_LINKEDIN.test(name) : CHECKS.includes(name)),
  },
];
