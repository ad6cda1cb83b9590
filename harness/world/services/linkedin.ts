import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { defineOperation } from '../define-operation.ts';
import { RefusalBody } from '../refusal.ts';
import type { Service, Table } from '../service.ts';
import { refusal } from '../world-request.ts';
import { fold, isoTime } from './answers.ts';

/** A note that goes with a connection request is this long at most. */
const LONGEST_NOTE = 300;
const MOST_COUNT = 50;

const Person = z.looseObject({
  id: z.string(),
  name: z.string(),
  headline: z.string(),
  company: z.string(),
  location: z.string(),
  /** 1: connected. */
  degree: z.int().min(1).max(3),
});

const Invitation = z.looseObject({
  id: z.string(),
  invitee: z.string(),
  message: z.string().nullable(),
  status: z.enum(['pending', 'accepted', 'withdrawn']),
  sent_at: z.string(),
});

/** `person_id` is whom the conversation is with, whoever wrote. */
const Message = z.looseObject({
  id: z.string(),
  conversation_id: z.string(),
  person_id: z.string(),
  from_me: z.boolean(),
  text: z.string(),
  sent_at: z.string(),
});

const Paging = z.object({ start: z.int(), count: z.int(), total: z.int() });
const collection = <Element extends z.ZodType>(element: Element) =>
  z.object({ elements: z.array(element), paging: Paging });

const Page = {
  start: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(1).max(MOST_COUNT).default(10),
};

/** A page of the rows, as the API wraps its lists. */
function page(rows: readonly Row[], { start, count }: { start: number; count: number }) {
  return { elements: rows.slice(start, start + count), paging: { start, count, total: rows.length } };
}

function unknownPerson(id: string) {
  return refusal(404, 'not_found', `no member has the id "${id}"`);
}

function bySentAt(rows: Row[]): Row[] {
  return rows.sort((a, b) => String(a.sent_at).localeCompare(String(b.sent_at)));
}

function pendingTo(invitations: Table, person: string): Row | undefined {
  return [...invitations.all()].find((row) => row.invitee === person && row.status === 'pending');
}

const searchPeople = defineOperation({
  id: 'people.search',
  method: 'GET',
  path: '/people',
  summary: 'Members whose name, headline or company mentions the keywords',
  query: z.object({ keywords: z.string().trim().min(1), company: z.string().optional(), ...Page }),
  replies: { 200: collection(Person) },
  handle({ query: { keywords, company = '', ...wanted }, table }) {
    const mentions = (texts: unknown[], word: string) =>
      texts.some((text) => fold(String(text ?? '')).includes(fold(word)));
    const found = [...table('people').all()].filter(
      (person) =>
        mentions([person.name, person.headline, person.company], keywords) &&
        mentions([person.company], company.trim()),
    );
    return { status: 200, body: page(found, wanted) };
  },
});

const getPerson = defineOperation({
  id: 'people.get',
  method: 'GET',
  path: '/people/:id',
  summary: 'A member',
  replies: { 200: Person, 404: RefusalBody },
  handle({ params: { id }, table }) {
    const person = table('people').get(id);
    return person ? { status: 200, body: person } : unknownPerson(id);
  },
});

const listInvitations = defineOperation({
  id: 'invitations.list',
  method: 'GET',
  path: '/invitations',
  summary: 'Connection requests that were sent, newest first',
  query: z.object({ invitee: z.string().optional(), ...Page }),
  replies: { 200: collection(Invitation) },
  handle({ query: { invitee, ...wanted }, table }) {
    const sent = [...table('invitations').all()].filter((row) => !invitee || row.invitee === invitee);
    return { status: 200, body: page(bySentAt(sent).reverse(), wanted) };
  },
});

const invite = defineOperation({
  id: 'invitations.send',
  method: 'POST',
  path: '/invitations',
  summary: 'Asks a member to connect, with a note or without',
  body: z.strictObject({
    invitee: z.string().min(1),
    message: z
      .string()
      .trim()
      .min(1)
      .max(LONGEST_NOTE, { error: `expected ${LONGEST_NOTE} characters at most` })
      .optional(),
  }),
  replies: { 201: Invitation, 404: RefusalBody, 409: RefusalBody },
  handle({ body: { invitee, message }, table, newId, now }) {
    const person = table('people').get(invitee);
    if (!person) return unknownPerson(invitee);
    if (person.degree === 1) return refusal(409, 'conflict', 'the member is connected already');
    if (pendingTo(table('invitations'), invitee))
      return refusal(409, 'conflict', 'a connection request to the member is pending');
    const row = table('invitations').insert({
      id: newId('inv'),
      invitee,
      message: message ?? null,
      status: 'pending',
      sent_at: isoTime(now),
    });
    return { status: 201, body: row };
  },
});

const withdraw = defineOperation({
  id: 'invitations.withdraw',
  method: 'DELETE',
  path: '/invitations/:id',
  summary: 'Takes back a connection request that is pending',
  replies: { 200: Invitation, 404: RefusalBody, 409: RefusalBody },
  handle({ params: { id }, table }) {
    const invitation = table('invitations').get(id);
    if (!invitation) return refusal(404, 'not_found', `no invitation has the id "${id}"`);
    if (invitation.status !== 'pending')
      return refusal(409, 'conflict', `the invitation is ${String(invitation.status)}`);
    return { status: 200, body: table('invitations').update(id, { status: 'withdrawn' }) };
  },
});

const listMessages = defineOperation({
  id: 'messages.list',
  method: 'GET',
  path: '/messages',
  summary: 'Messages with a member or of a conversation, oldest first',
  query: z
    .object({ person_id: z.string(), conversation_id: z.string() })
    .partial()
    .extend(Page)
    .refine(({ person_id, conversation_id }) => person_id || conversation_id, {
      error: 'expected person_id or conversation_id',
    }),
  replies: { 200: collection(Message) },
  handle({ query: { person_id, conversation_id, ...wanted }, table }) {
    const found = [...table('messages').all()].filter(
      (row) =>
        (!person_id || row.person_id === person_id) &&
        (!conversation_id || row.conversation_id === conversation_id),
    );
    return { status: 200, body: page(bySentAt(found), wanted) };
  },
});

const send = defineOperation({
  id: 'messages.send',
  method: 'POST',
  path: '/messages',
  summary: 'Writes to a member one is connected with, for good',
  body: z.strictObject({ person_id: z.string().min(1), text: z.string().trim().min(1).max(8000) }),
  replies: { 201: Message, 403: RefusalBody, 404: RefusalBody },
  handle({ body: { person_id, text }, table, newId, now }) {
    const person = table('people').get(person_id);
    if (!person) return unknownPerson(person_id);
    if (person.degree !== 1)
      return refusal(403, 'not_connected', 'only members one is connected with can be written to');
    const earlier = [...table('messages').all()].find((row) => row.person_id === person_id);
    const row = table('messages').insert({
      id: newId('lm'),
      conversation_id: earlier?.conversation_id ?? newId('conv'),
      person_id,
      from_me: true,
      text,
      sent_at: isoTime(now),
    });
    return { status: 201, body: row };
  },
});

/** A professional network: members, connection requests, messages. What is sent has been seen, and stays sent. */
export const linkedin: Service = {
  name: 'linkedin',
  tables: {
    people: { key: 'id' },
    invitations: { key: 'id', irreversible: true },
    messages: { key: 'id', irreversible: true },
  },
  operations: [searchPeople, getPerson, listInvitations, invite, withdraw, listMessages, send],
};
