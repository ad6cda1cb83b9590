import { z } from 'zod';
import type { Observation } from '../observe.ts';

const Value = z.object({ value: z.string() });
const Person = z
  .object({
    resourceName: z.string(),
    names: z.array(z.object({ displayName: z.string() })).min(1),
    emailAddresses: z.array(Value).default([]),
    phoneNumbers: z.array(Value).default([]),
    organizations: z.array(z.object({ name: z.string(), title: z.string().optional() })).default([]),
    biographies: z.array(Value).default([]),
  })
  .transform(({ resourceName, names, emailAddresses, phoneNumbers, organizations, biographies }) => ({
    id: resourceName.replace('people/', ''),
    name: names[0]?.displayName ?? '',
    email: emailAddresses[0]?.value ?? null,
    phone: phoneNumbers[0]?.value ?? null,
    company: organizations[0]?.name ?? null,
    title: organizations[0]?.title ?? null,
    note: biographies[0]?.value ?? null,
  }));
export type Person = z.output<typeof Person>;

const CalendarEvent = z.object({
  id: z.string(),
  title: z.string(),
  start: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  end: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  attendees: z.array(z.string()).default([]),
});
export type CalendarEvent = z.output<typeof CalendarEvent>;

const Mail = z.object({
  thread_id: z.string(),
  from: z.string(),
  subject: z.string(),
  body: z.string(),
  sent_at: z.string(),
});
export type Mail = z.output<typeof Mail>;

const SentMail = z.object({ to: z.string(), subject: z.string(), body: z.string() });
const Text = z.object({ from: z.string(), to: z.string(), body: z.string(), date_sent: z.string() });
const Page = z.object({ title: z.string(), url: z.string(), description: z.string() });
const Setting = z.object({ id: z.string(), value: z.string() });

/** The rows under a member of a result; none where something else came. */
function rows<Schema extends z.ZodType>(schema: Schema, member: string, result: unknown): z.output<Schema>[] {
  const parsed = z.object({ [member]: z.array(schema) }).safeParse(result);
  return parsed.success ? ((parsed.data as Record<string, z.output<Schema>[]>)[member] ?? []) : [];
}

export const peopleIn = ({ result }: Observation): Person[] =>
  rows(z.object({ person: Person }), 'results', result).map(({ person }) => person);
export const eventsIn = ({ result }: Observation) => rows(CalendarEvent, 'events', result);
export const mailsIn = ({ result }: Observation) => rows(Mail, 'messages', result);
export const sentMailsIn = ({ result }: Observation) => rows(SentMail, 'messages', result);
export const textsIn = ({ result }: Observation) => rows(Text, 'messages', result);

export function pagesIn({ result }: Observation) {
  const parsed = z.object({ web: z.unknown() }).safeParse(result);
  return parsed.success ? rows(Page, 'results', parsed.data.web) : [];
}

/** How the owner of the calendar likes to meet. */
export type Preferences = {
  owner: string;
  zone: string;
  hours: [from: string, to: string];
  quietDays: string[];
};

export function preferencesIn({ result }: Observation): Preferences {
  const value = new Map(rows(Setting, 'items', result).map((setting) => [setting.id, setting.value]));
  const [from = '09:00', to = '17:00'] = (value.get('workingHours') ?? '').split('-').filter(Boolean);
  return {
    owner: value.get('owner') ?? '',
    zone: value.get('timezone') ?? 'UTC',
    hours: [from, to],
    quietDays: (value.get('noMeetingDays') ?? '').split(',').filter(Boolean),
  };
}

/** Epoch milliseconds, or `null`. */
export function clockTimeIn({ result }: Observation): number | null {
  const parsed = z.object({ now: z.iso.datetime() }).safeParse(result);
  return parsed.success ? Date.parse(parsed.data.now) : null;
}
