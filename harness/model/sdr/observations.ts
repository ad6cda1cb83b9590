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

/** The rows a tool gave under `member`; none where it gave something else. */
function rows<T>(schema: z.ZodType<T>, member: string, { result }: Observation): T[] {
  const parsed = z.object({ [member]: z.array(schema) }).safeParse(result);
  return parsed.success ? (parsed.data[member] ?? []) : [];
}

export function contactsIn(observation: Observation): Contact[] {
  return rows(Contact, 'contacts', observation);
}

export function mailsIn(observation: Observation): Mail[] {
  return rows(Mail, 'messages', observation);
}

export function eventsIn(observation: Observation): CalendarEvent[] {
  return rows(CalendarEvent, 'events', observation);
}

/** The time that `current_time` gave, epoch milliseconds. */
export function timeIn({ result }: Observation): number | null {
  const parsed = z.object({ now: z.iso.datetime() }).safeParse(result);
  return parsed.success ? Date.parse(parsed.data.now) : null;
}

export function profilesIn(observation: Observation): Profile[] {
  return rows(Profile, 'elements', observation);
}

export function invitationsIn(observation: Observation): z.infer<typeof Invitation>[] {
  return rows(Invitation, 'elements', observation);
}

export function linkedInMessagesIn(observation: Observation): z.infer<typeof LinkedInMessage>[] {
  return rows(LinkedInMessage, 'elements', observation);
}

export function companiesIn(observation: Observation): Company[] {
  return rows(Company, 'results', observation);
}

export function companyIn({ result }: Observation): Company | null {
  return Company.safeParse(result).data ?? null;
}

export function articlesIn(observation: Observation): z.infer<typeof Article>[] {
  return rows(Article, 'articles', observation);
}

export function suppressionsIn(observation: Observation): { address: string }[] {
  return rows(z.object({ address: z.string() }), 'suppressions', observation);
}

/** How many rows there are behind a list, where it says so. */
export function totalIn({ result }: Observation): number | null {
  return z.object({ total: z.number() }).safeParse(result).data?.total ?? null;
}
