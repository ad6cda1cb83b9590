import { z } from 'zod';
import { type JsonValue, parseJson } from '../genai/json.ts';
import { runTool, type ToolDeps } from '../genai/run-tool.ts';
import { fill, type Reader, stepDue } from './sequence.ts';

const Contacts = z.object({
  contacts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      email: z.string().nullable(),
      company: z.string().nullable(),
      status: z.string(),
    }),
  ),
});
type Contact = z.infer<typeof Contacts>['contacts'][number];

const Sent = z.object({ messages: z.array(z.object({ subject: z.string(), sent_at: z.string() })) });
const Clock = z.object({ now: z.string() });
const Failure = z.object({ error: z.object({ message: z.string() }) });

/** Makes the calls of one campaign run, each a tool span. */
type Calls = (tool: string, args: JsonValue) => Promise<JsonValue>;

/**
 * Runs a campaign for whom the searches find: everybody with an address who has not opted out gets the step that is due.
 * Gives a sentence for each.
 */
export async function runCampaign(deps: ToolDeps, audience: readonly string[]): Promise<string[]> {
  const call = callsOf(deps);
  const clock = Clock.safeParse(await call('current_time', {}));
  const now = clock.success ? Date.parse(clock.data.now) : Number.NaN;
  const said: string[] = [];
  for (const query of audience) {
    const found = Contacts.safeParse(await call('search_contacts', { query }));
    const contacts = found.success ? found.data.contacts : [];
    if (contacts.length === 0) said.push(`The CRM has no contact for "${query}".`);
    for (const contact of contacts) said.push(await writeTo(call, contact, now));
  }
  return said;
}

async function writeTo(call: Calls, contact: Contact, now: number): Promise<string> {
  const { id, name, email, status } = contact;
  if (status === 'opted_out') return `${name} has opted out, so nothing was sent.`;
  if (email === null) return `The CRM has no address for ${name}; a person has to take over.`;
  const sent = Sent.safeParse(await call('list_sent_mail', { to: email }));
  const step = stepDue(contact, sent.success ? sent.data.messages : [], now);
  if (!step) return `No mail of the sequence is due for ${name}.`;
  const failed = Failure.safeParse(await call('send_mail', { to: email, ...words(step, contact) }));
  if (failed.success) return `The mail to ${name} may not have gone out: ${failed.data.error.message}.`;
  if (status === 'new') await call('update_contact', { contact_id: id, status: 'contacted' });
  return `${name} was sent the mail of day ${step.day}.`;
}

function words(step: { subject: string; body: string }, reader: Reader) {
  return { subject: fill(step.subject, reader), body: fill(step.body, reader) };
}

function callsOf(deps: ToolDeps): Calls {
  let count = 0;
  return async (name, args) => {
    count += 1;
    const call = { id: `campaign_${count}`, name, arguments: JSON.stringify(args) };
    return parseJson(await runTool(deps, call));
  };
}
