import { z } from 'zod';
import type { Observation } from '../observe.ts';

const Contact = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  company: z.string().nullish(),
  title: z.string().nullish(),
  status: z.string(),
  owner: z.string().nullish(),
});
export type Contact = z.infer<typeof Contact>;

const Mail = z.object({
  thread_id: z.string(),
  from: z.string(),
  to: z.string().nullish(),
  subject: z.string(),
  body: z.string(),
  sent_at: z.string(),
  direction: z.enum(['received', 'sent']).optional(),
});
export type Mail = z.infer<typeof Mail>;

const CalendarEvent = z.object({
  id: z.string().optional(),
  title: z.string(),
  start: z.string(),
  end: z.string(),
  attendees: z.array(z.string()).default([]),
});
export type CalendarEvent = z.infer<typeof CalendarEvent>;

const Profile = z.object({
  id: z.string(),
  name: z.string(),
  company: z.string().nullish(),
  degree: z.number(),
});
export type Profile = z.infer<typeof Profile>;

const Invitation = z.object({ status: z.string(), message: z.string().nullable(), sent_at: z.string() });

const LinkedInMessage = z.object({
  person_id: z.string(),
  from_me: z.boolean(),
  text: z.string(),
  sent_at: z.string(),
});

const Company = z.object({
  domain: z.string(),
  name: z.string(),
  industry: z.string(),
  country: z.string(),
  employees: z.number(),
});
export type Company = z.infer<typeof Company>;

const Article = z.object({ title: z.string(), published_at: z.string() });

/** Reads the rows a tool gave under `member`; none where it gave something else. */
function rows<T>(schema: z.ZodType<T>, member: string): (observation: Observation) => T[] {
  const Result = z.object({ [member]: z.array(schema) });
  return ({ result }) => Result.safeParse(result).data?.[member] ?? [];
}

export const contactsIn = rows(Contact, 'contacts');
export const mailsIn = rows(Mail, 'messages');
export const eventsIn = rows(CalendarEvent, 'events');

const Clock = z.object({ now: z.iso.datetime() });

/** The time that `current_time` gave, epoch milliseconds. */
export function timeIn({ result }: Observation): number | null {
  const parsed = Clock.safeParse(result);
  return parsed.success ? Date.parse(parsed.data.now) : null;
}

export const profilesIn = rows(Profile, 'elements');
export const invitationsIn = rows(Invitation, 'elements');
export const linkedInMessagesIn = rows(LinkedInMessage, 'elements');
export const companiesIn = rows(Company, 'results');

export function companyIn({ result }: Observation): Company | null {
  return Company.safeParse(result).data ?? null;
}

export const articlesIn = rows(Article, 'articles');
export const suppressionsIn = rows(z.object({ address: z.string() }), 'suppressions');

const Counted = z.object({ total: z.number() });

/** How many rows there are behind a list, where it says so. */
export function totalIn({ result }: Observation): number | null {
  return Counted.safeParse(result).data?.total ?? null;
}
