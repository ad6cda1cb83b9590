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

/** Reads the rows under a member of a result; none where something else came. */
function rows<T>(schema: z.ZodType<T>, member: string): (observation: { result: unknown }) => T[] {
  const Result = z.object({ [member]: z.array(schema) });
  return ({ result }) => Result.safeParse(result).data?.[member] ?? [];
}

const found = rows(z.object({ person: Person }), 'results');
export const peopleIn = (observation: Observation): Person[] =>
  found(observation).map(({ person }) => person);
export const eventsIn = rows(CalendarEvent, 'events');
export const mailsIn = rows(Mail, 'messages');
export const sentMailsIn = rows(SentMail, 'messages');
export const textsIn = rows(Text, 'messages');

const Answer = z.object({ web: z.unknown() });
const pages = rows(Page, 'results');
export const pagesIn = ({ result }: Observation) => pages({ result: Answer.safeParse(result).data?.web });

/** How the owner of the calendar likes to meet. */
export type Preferences = {
  owner: string;
  zone: string;
  hours: [from: string, to: string];
  quietDays: string[];
};

const settings = rows(Setting, 'items');

export function preferencesIn(observation: Observation): Preferences {
  const value = new Map(settings(observation).map((setting) => [setting.id, setting.value]));
  const [from = '09:00', to = '17:00'] = (value.get('workingHours') ?? '').split('-').filter(Boolean);
  return {
    owner: value.get('owner') ?? '',
    zone: value.get('timezone') ?? 'UTC',
    hours: [from, to],
    quietDays: (value.get('noMeetingDays') ?? '').split(',').filter(Boolean),
  };
}

const Clock = z.object({ now: z.iso.datetime() });

/** Epoch milliseconds, or `null`. */
export function clockTimeIn({ result }: Observation): number | null {
  const parsed = Clock.safeParse(result);
  return parsed.success ? Date.parse(parsed.data.now) : null;
}
