import type { Row } from '../../domain/effect.ts';
import type { Fixture, Service } from './service.ts';

/** Two small services and their rows, for the tests and benches of the engine. */
export const notes: Service = {
  name: 'notes',
  tables: { items: { key: 'id' } },
  operations: [
    {
      id: 'items.list',
      method: 'GET',
      path: '/items',
      handle: ({ table }) => ({ status: 200, body: [...table('items').all()] }),
    },
    {
      id: 'items.get',
      method: 'GET',
      path: '/items/:id',
      handle({ params, table }) {
        const row = table('items').get(params.id ?? '');
        return row ? { status: 200, body: row } : { status: 404, body: { error: 'no such item' } };
      },
    },
    {
      id: 'items.create',
      method: 'POST',
      path: '/items',
      handle({ body, table, newId, now, random }) {
        const row = { ...(body as Row), id: newId('item'), at: now, lot: random() };
        return { status: 201, body: table('items').insert(row) };
      },
    },
    {
      id: 'items.change',
      method: 'PATCH',
      path: '/items/:id',
      handle({ params, body, table }) {
        const id = params.id ?? '';
        if (!table('items').get(id)) return { status: 404, body: { error: 'no such item' } };
        return { status: 200, body: table('items').update(id, body as Row) };
      },
    },
    {
      id: 'items.remove',
      method: 'DELETE',
      path: '/items/:id',
      handle({ params, table }) {
        table('items').delete(params.id ?? '');
        return { status: 204, body: null };
      },
    },
  ],
};

export const post: Service = {
  name: 'post',
  tables: { outbox: { key: 'id', irreversible: true } },
  operations: [
    {
      id: 'letters.send',
      method: 'POST',
      path: '/letters',
      handle({ body, table, newId }) {
        return { status: 201, body: table('outbox').insert({ ...(body as Row), id: newId('letter') }) };
      },
    },
  ],
};

export const twoNotes: Fixture = {
  'notes.items': [
    { id: 'constructor', text: 'first' },
    { id: '429815', text: 'second' },
  ],
};
