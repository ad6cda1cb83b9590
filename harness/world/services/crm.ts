import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import type { Operation, OperationContext, Service } from '../service.ts';
import { refusal } from '../world-request.ts';
import { fold, isoTime, readBody } from './answers.ts';

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

function unknownContact(id: string) {
  return refusal(404, 'not_found', `no contact has the id "${id}"`);
}

/** Whether `wanted` occurs in one of the fields of the contact. */
function mentions(contact: Row, fields: readonly string[], wanted: string): boolean {
  return fields.some((field) => fold(String(contact[field] ?? '')).includes(fold(wanted)));
}

const search: Operation = {
  id: 'contacts.search',
  method: 'GET',
  path: '/contacts',
  handle({ query, table }) {
    const filters = [
      { fields: SEARCH_FIELDS, wanted: query.get('q') },
      ...SEARCH_FIELDS.map((field) => ({ fields: [field], wanted: query.get(field) })),
    ].flatMap(({ fields, wanted }) => (wanted?.trim() ? [{ fields, wanted: wanted.trim() }] : []));
    if (filters.length === 0)
      return refusal(400, 'bad_request', `expected one of q, ${SEARCH_FIELDS.join(', ')}`);
    const found = [...table('contacts').all()].filter((contact) =>
      filters.every(({ fields, wanted }) => mentions(contact, fields, wanted)),
    );
    return { status: 200, body: { contacts: found.slice(0, PAGE), total: found.length } };
  },
};

const get: Operation = {
  id: 'contacts.get',
  method: 'GET',
  path: '/contacts/:id',
  handle({ params, table }) {
    const id = params.id ?? '';
    const contact = table('contacts').get(id);
    return contact ? { status: 200, body: contact } : unknownContact(id);
  },
};

const patch: Operation = {
  id: 'contacts.update',
  method: 'PATCH',
  path: '/contacts/:id',
  handle({ params, body, table }) {
    const id = params.id ?? '';
    const contact = table('contacts').get(id);
    if (!contact) return unknownContact(id);
    const change = readBody(ContactPatch, body);
    if (!change.ok) return change.reply;
    const { status } = change.value;
    if (contact.status === 'opted_out' && status !== undefined && status !== 'opted_out')
      return refusal(409, 'conflict', 'the contact opted out; only the contact can take that back');
    return { status: 200, body: table('contacts').update(id, definedColumns(change.value)) };
  },
};

function definedColumns(value: Partial<Record<string, string | undefined>>): Row {
  return Object.fromEntries(
    Object.entries(value).flatMap(([column, to]) => (to === undefined ? [] : [[column, to]])),
  );
}

function notesOf(id: string, { table }: OperationContext): Row[] {
  return [...table('notes').all()].filter((note) => note.contact_id === id);
}

const listNotes: Operation = {
  id: 'notes.list',
  method: 'GET',
  path: '/contacts/:id/notes',
  handle(context) {
    const id = context.params.id ?? '';
    if (!context.table('contacts').get(id)) return unknownContact(id);
    return { status: 200, body: { notes: notesOf(id, context) } };
  },
};

const addNote: Operation = {
  id: 'notes.add',
  method: 'POST',
  path: '/contacts/:id/notes',
  handle({ params, body, table, newId, now }) {
    const id = params.id ?? '';
    if (!table('contacts').get(id)) return unknownContact(id);
    const note = readBody(NewNote, body);
    if (!note.ok) return note.reply;
    const row = table('notes').insert({
      id: newId('note'),
      contact_id: id,
      author: note.value.author ?? 'api',
      text: note.value.text,
      created_at: isoTime(now),
    });
    return { status: 201, body: row };
  },
};

/** A small CRM: contacts with a status each, and notes on them. */
export const crm: Service = {
  name: 'crm',
  tables: { contacts: { key: 'id' }, notes: { key: 'id' } },
  operations: [search, get, patch, listNotes, addNote],
};
