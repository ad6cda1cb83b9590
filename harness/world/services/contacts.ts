import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { defineOperation } from '../define-operation.ts';
import { RefusalBody } from '../refusal.ts';
import type { Service } from '../service.ts';
import { refusal } from '../world-request.ts';
import { definedColumns, fold } from './answers.ts';

const Value = z.object({ value: z.string() });

/** A person as Google's People API writes one. */
const Person = z.object({
  resourceName: z.string(),
  names: z.array(z.object({ displayName: z.string() })),
  emailAddresses: z.array(Value),
  phoneNumbers: z.array(Value),
  organizations: z.array(z.object({ name: z.string(), title: z.string().optional() })),
  biographies: z.array(Value),
});

const NewPerson = z.strictObject({
  name: z.string().trim().min(1),
  email: z.email().optional(),
  phone: z
    .string()
    .regex(/^\+[\d ()-]{6,20}$/, 'expected a number that begins with + and the country')
    .optional(),
  company: z.string().min(1).optional(),
  title: z.string().min(1).optional(),
  note: z.string().min(1).optional(),
});

const SEARCHED = ['name', 'email', 'phone', 'company', 'title', 'note'] as const;

function personOf({ id, name, email, phone, company, title, note }: Row): Row {
  const values = (value: unknown) => (value ? [{ value: String(value) }] : []);
  return {
    resourceName: `people/${String(id)}`,
    names: [{ displayName: String(name) }],
    emailAddresses: values(email),
    phoneNumbers: values(phone),
    organizations: company ? [{ name: String(company), ...(title ? { title: String(title) } : {}) }] : [],
    biographies: values(note),
  };
}

/** Every word of the query begins a word of the person's, as people search by typing. */
function fits(row: Row, query: string): boolean {
  const words = fold(SEARCHED.map((column) => row[column] ?? '').join(' ')).split(/[^\p{L}\p{N}+]+/u);
  return fold(query)
    .split(/[^\p{L}\p{N}+]+/u)
    .filter((word) => word !== '')
    .every((word) => words.some((own) => own.startsWith(word)));
}

const search = defineOperation({
  id: 'people.search',
  method: 'GET',
  path: '/people/search',
  summary: 'Finds people by the beginnings of words of what is known of them',
  query: z.object({ query: z.string().trim().min(1) }),
  replies: { 200: z.object({ results: z.array(z.object({ person: Person })) }) },
  handle({ query: { query }, table }) {
    const found = [...table('people').all()].filter((row) => fits(row, query));
    return { status: 200, body: { results: found.map((row) => ({ person: personOf(row) })) } };
  },
});

const get = defineOperation({
  id: 'people.get',
  method: 'GET',
  path: '/people/:id',
  summary: 'One person',
  replies: { 200: Person, 404: RefusalBody },
  handle({ params: { id }, table }) {
    const row = table('people').get(id);
    return row ? { status: 200, body: personOf(row) } : unknownPerson(id);
  },
});

const create = defineOperation({
  id: 'people.create',
  method: 'POST',
  path: '/people',
  summary: 'Adds a person',
  body: NewPerson,
  replies: { 201: Person },
  handle({ body, table, newId }) {
    const none = { email: null, phone: null, company: null, title: null, note: null };
    const row = table('people').insert({ id: newId('contact'), ...none, ...definedColumns(body) });
    return { status: 201, body: personOf(row) };
  },
});

const update = defineOperation({
  id: 'people.update',
  method: 'PATCH',
  path: '/people/:id',
  summary: 'Changes what is known of a person',
  body: NewPerson.partial().refine((change) => Object.keys(change).length > 0, 'expected a field to change'),
  replies: { 200: Person, 404: RefusalBody },
  handle({ params: { id }, body, table }) {
    if (!table('people').get(id)) return unknownPerson(id);
    return { status: 200, body: personOf(table('people').update(id, definedColumns(body))) };
  },
});

function unknownPerson(id: string) {
  return refusal(404, 'not_found', `nobody has the id "${id}"`);
}

/** Someone's address book. A row: id, name, email, phone, company, title, note; what is not known is null. */
export const contacts: Service = {
  name: 'contacts',
  tables: { people: { key: 'id' } },
  operations: [search, get, create, update],
};
