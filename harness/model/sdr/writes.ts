import { type Contact, eventsIn, mailsIn } from './observations.ts';
import type { Words } from './wording.ts';
import type { Write } from './write-once.ts';

const MEETING_MS = 30 * 60_000;

/** A mail to the contact, in its thread where one is given. */
export function sendMail(to: string, threadId: string | null, compose: () => Words): Write {
  return {
    tool: 'send_mail',
    compose: () => ({ to, ...compose(), ...(threadId === null ? {} : { thread_id: threadId }) }),
    check: { tool: 'list_sent_mail', arguments: { to } },
    holds: (check, attempt) =>
      mailsIn(check).some(({ subject, body }) => subject === attempt.subject && body === attempt.body),
  };
}

/** Half an hour with the contact. */
export function bookMeeting(contact: Contact, email: string, start: number): Write {
  const title = `Call with ${contact.name}${contact.company ? ` (${contact.company})` : ''}`;
  const startTime = new Date(start).toISOString();
  return {
    tool: 'book_meeting',
    compose: () => ({
      title,
      start: startTime,
      end: new Date(start + MEETING_MS).toISOString(),
      attendees: [email],
    }),
    check: { tool: 'list_events', arguments: { day: startTime.slice(0, 10) } },
    holds: (check) =>
      eventsIn(check).some((event) => event.title === title && Date.parse(event.start) === start),
  };
}

export function setStatus({ id }: Contact, status: string): Write {
  return {
    tool: 'update_contact',
    compose: () => ({ contact_id: id, status }),
    check: { tool: 'get_contact', arguments: { contact_id: id } },
    holds: ({ result }) =>
      typeof result === 'object' && result !== null && !Array.isArray(result) && result.status === status,
  };
}

/** Whether a meeting at `start` would overlap one of the events. */
export function isFree(start: number, events: readonly { start: string; end: string }[]): boolean {
  return events.every(
    (event) => Date.parse(event.end) <= start || Date.parse(event.start) >= start + MEETING_MS,
  );
}
