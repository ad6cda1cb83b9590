import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { defineOperation } from '../define-operation.ts';
import { RefusalBody } from '../refusal.ts';
import type { Service, Table } from '../service.ts';
import { refusal } from '../world-request.ts';
import { definedColumns, fold, isoTime } from './answers.ts';

const CONTACT_STATUSES = ['new', 'contacted', 'replied', 'opted_out', 'meeting_booked'] as const;
const SEARCH_FIELDS = ['name', 'email', 'company'] as const;
const PAGE = 20;

const ContactPatch = z
  .strictObject({
    status: z.enum(CONTACT_STATUSES),
    owner: z.string().min(1),
    email: z.email(),
    phone: z.string().min(1),
    title: z.string().min(1),
    company: z.string().min(1),
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'expected at least one field to change');

const NewNote = z.strictObject({ text: z.string().trim().min(1), author: z.string().min(1).optional() });

const Contact = z.looseObject({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  company: z.string(),
  status: z.enum(CONTACT_STATUSES),
});

const Note = z.looseObject({
  id: z.string(),
  contact_id: z.string(),
  author: z.string(),
  text: z.string(),
  created_at: z.string(),
});

const Search = z
  .object({ q: z.string(), name: z.string(), email: z.string(), company: z.string() })
  .partial()
  .refine((query) => Object.values(query).some((text) => text?.trim()), {
    error: `expected one of q, ${SEARCH_FIELDS.join(', ')}`,
  });

function unknownContact(id: string) {
  return refusal(404, 'not_found', `no contact has the id "${id}"`);
}

/** Whether `wanted` occurs in one of the fields of the contact. */
function mentions(contact: Row, fields: readonly string[], wanted: string): boolean {
  return fields.some((field) => fold(String(contact[field] ?? '')).includes(fold(wanted)));
}

const search = defineOperation({
  id: 'contacts.search',
  method: 'GET',
  path: '/contacts',
  summary: `Contacts that mention all of the texts, at most ${PAGE}; q looks into every field`,
  query: Search,
  replies: { 200: z.object({ contacts: z.array(Contact), total: z.int() }) },
  handle({ query, table }) {
    const filters = [
      { fields: SEARCH_FIELDS, wanted: query.q },
      ...SEARCH_FIELDS.map((field) => ({ fields: [field], wanted: query[field] })),
    ].flatMap(({ fields, wanted }) => (wanted?.trim() ? [{ fields, wanted: wanted.trim() }] : []));
    const found = [...table('contacts').all()].filter((contact) =>
      filters.every(({ fields, wanted }) => mentions(contact, fields, wanted)),
    );
    return { status: 200, body: { contacts: found.slice(0, PAGE), total: found.length } };
  },
});

const get = defineOperation({
  id: 'contacts.get',
  method: 'GET',
  path: '/contacts/:id',
  summary: 'A contact',
  replies: { 200: Contact, 404: RefusalBody },
  handle({ params: { id }, table }) {
    const contact = table('contacts').get(id);
    return contact ? { status: 200, body: contact } : unknownContact(id);
  },
});

const patch = defineOperation({
  id: 'contacts.update',
  method: 'PATCH',
  path: '/contacts/:id',
  summary: 'Changes fields of a contact; nobody but the contact can take an opt-out back',
  body: ContactPatch,
  replies: { 200: Contact, 404: RefusalBody, 409: RefusalBody },
  handle({ params: { id }, body: change, table }) {
    const contact = table('contacts').get(id);
    if (!contact) return unknownContact(id);
    const { status } = change;
    if (contact.status === 'opted_out' && status !== undefined && status !== 'opted_out')
      return refusal(409, 'conflict', 'the contact opted out; only the contact can take that back');
    return { status: 200, body: table('contacts').update(id, definedColumns(change)) };
  },
});

function notesOf(id: string, notes: Table): Row[] {
  return [...notes.all()].filter((note) => note.contact_id === id);
}

const listNotes = defineOperation({
  id: 'notes.list',
  method: 'GET',
  path: '/contacts/:id/notes',
  summary: 'Notes on a contact',
  replies: { 200: z.object({ notes: z.array(Note) }), 404: RefusalBody },
  handle({ params: { id }, table }) {
    if (!table('contacts').get(id)) return unknownContact(id);
    return { status: 200, body: { notes: notesOf(id, table('notes')) } };
  },
});

const addNote = defineOperation({
  id: 'notes.add',
  method: 'POST',
  path: '/contacts/:id/notes',
  summary: 'Adds a note to a contact',
  body: NewNote,
  replies: { 201: Note, 404: RefusalBody },
  handle({ params: { id }, body: { text, author = 'api' }, table, newId, now }) {
    if (!table('contacts').get(id)) return unknownContact(id);
    const row = table('notes').insert({
      id: newId('note'),
      contact_id: id,
      author,
      text,
      created_at: isoTime(now),
    });
    return { status: 201, body: row };
  },
});

/** A small CRM: contacts with a status each, and notes on them. */
export const crm: Service = {
  name: 'crm',
  tables: { contacts: { key: 'id' }, notes: { key: 'id' } },
  operations: [search, get, patch, listNotes, addNote],
};
