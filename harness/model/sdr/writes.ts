import type { JsonObject } from '../../../domain/json.ts';
import type { Observation } from '../observe.ts';
import {
  type Contact,
  eventsIn,
  invitationsIn,
  linkedInMessagesIn,
  mailsIn,
  type Profile,
  suppressionsIn,
} from './observations.ts';
import type { Words } from './wording.ts';
import type { Write } from './write-once.ts';

export const MEETING_MS = 30 * 60_000;

/** A mail to the address, in its thread where one is given. */
export function sendMail(to: string, threadId: string | null, compose: () => Words): Write {
  return {
    tool: 'send_mail',
    arguments: { to, ...(threadId === null ? {} : { thread_id: threadId }) },
    compose: () => ({ ...compose() }),
    about: to,
    check: { tool: 'list_sent_mail', arguments: { to } },
    holds: (check, attempt) =>
      mailsIn(check).some(({ subject, body }) => subject === attempt.subject && body === attempt.body),
  };
}

export function invite({ id, name }: Profile, compose: () => string): Write {
  return {
    tool: 'send_invitation',
    arguments: { person_id: id },
    compose: () => ({ message: compose() }),
    about: name,
    check: { tool: 'list_invitations', arguments: { person_id: id } },
    holds: (check, attempt) => invitationsIn(check).some(({ message }) => message === attempt.message),
  };
}

export function sendLinkedInMessage({ id, name }: Profile, compose: () => string): Write {
  return {
    tool: 'send_linkedin_message',
    arguments: { person_id: id },
    compose: () => ({ text: compose() }),
    about: name,
    check: { tool: 'list_linkedin_messages', arguments: { person_id: id } },
    holds: (check, attempt) =>
      linkedInMessagesIn(check).some(({ from_me, text }) => from_me && text === attempt.text),
  };
}

/** Half an hour with the contact. */
export function bookMeeting(contact: Contact, email: string, start: number): Write {
  const title = `Call with ${contact.name}${contact.company ? ` (${contact.company})` : ''}`;
  return {
    tool: 'book_meeting',
    arguments: { ...halfHour(start), attendees: [email] },
    compose: () => ({ title }),
    about: contact.name,
    check: dayOf(start),
    holds: (check) =>
      eventsIn(check).some((event) => event.title === title && Date.parse(event.start) === start),
  };
}

export function moveMeeting(eventId: string, name: string, start: number): Write {
  return {
    tool: 'move_meeting',
    arguments: { event_id: eventId, ...halfHour(start) },
    about: name,
    check: dayOf(start),
    holds: (check) =>
      eventsIn(check).some((event) => event.id === eventId && Date.parse(event.start) === start),
  };
}

export function cancelMeeting(eventId: string, name: string, start: number): Write {
  return {
    tool: 'cancel_meeting',
    arguments: { event_id: eventId },
    about: name,
    check: dayOf(start),
    holds: (check) => eventsIn(check).every((event) => event.id !== eventId),
  };
}

export function setStatus(contact: Contact, status: string): Write {
  return changeContact(contact, { status });
}

/** The status on each of the rows that does not have it yet. */
export function marks(rows: readonly Contact[], status: string): Write[] {
  return rows.filter((row) => row.status !== status).map((row) => setStatus(row, status));
}

export function changeContact({ id, name }: Contact, change: { status?: string; owner?: string }): Write {
  return {
    tool: 'update_contact',
    arguments: { contact_id: id, ...change },
    about: name,
    check: { tool: 'get_contact', arguments: { contact_id: id } },
    holds: ({ result }) =>
      Object.entries(change).every(([field, value]) => memberOf(result, field) === value),
  };
}

export function addNote({ id, name }: Contact, text: string): Write {
  return {
    tool: 'add_note',
    arguments: { contact_id: id },
    compose: () => ({ text }),
    about: name,
    check: { tool: 'list_notes', arguments: { contact_id: id } },
    holds: ({ result }) => JSON.stringify(result).includes(JSON.stringify(text)),
  };
}

export function suppress(address: string, reason: 'unsubscribe' | 'bounce'): Write {
  return {
    tool: 'add_suppression',
    arguments: { address, reason },
    about: address,
    check: { tool: 'look_up_suppression', arguments: { address } },
    holds: (check) => suppressionsIn(check).length > 0,
  };
}

/** Whether a meeting at `start` would overlap one of the events. */
export function isFree(start: number, events: readonly { start: string; end: string }[]): boolean {
  return events.every(
    (event) => Date.parse(event.end) <= start || Date.parse(event.start) >= start + MEETING_MS,
  );
}

/** The look into the day of a moment. */
export function dayOf(moment: number) {
  return { tool: 'list_events', arguments: { day: new Date(moment).toISOString().slice(0, 10) } };
}

function halfHour(start: number): { start: string; end: string } {
  return { start: new Date(start).toISOString(), end: new Date(start + MEETING_MS).toISOString() };
}

function memberOf(result: Observation['result'], name: string) {
  return typeof result === 'object' && result !== null && !Array.isArray(result)
    ? (result as JsonObject)[name]
    : undefined;
}
