import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { isObject } from '../airline/python-operations.ts';
import type { OperationContext } from '../service.ts';
import { refuse } from '../tool-operation.ts';
import { apiClass, apiFunction, nextNumber, SESSION, sessionOf } from './api-class.ts';

const text = z.string();
const priority = z.int().min(1).max(5);
const TicketId = z.strictObject({ ticket_id: z.int() });

function me(context: OperationContext): string {
  const { current_user } = sessionOf(context);
  return typeof current_user === 'string' ? current_user : refuse('log in first: ticket_login');
}

function ticketOf({ table }: OperationContext, id: number): Row {
  return table('tickets').get(String(id)) ?? refuse(`there is no ticket ${id}`);
}

function settle(context: OperationContext, id: number, columns: Row & { status: string }): Row {
  me(context);
  if (ticketOf(context, id).status === columns.status) refuse(`ticket ${id} is ${columns.status} already`);
  return context.table('tickets').update(String(id), columns);
}

const functions = [
  apiFunction(
    'ticket_login',
    z.strictObject({ username: text, password: text }),
    ({ username }, { table }) => {
      table('session').update(SESSION, { current_user: username });
      return { success: true };
    },
  ),
  apiFunction('ticket_get_login_status', z.strictObject({}), (_, context) => ({
    login_status: typeof sessionOf(context).current_user === 'string',
  })),
  apiFunction('logout', z.strictObject({}), (_, context) => {
    me(context);
    context.table('session').update(SESSION, { current_user: null });
    return { success: true };
  }),
  apiFunction(
    'create_ticket',
    z.strictObject({ title: text, description: text.default(''), priority: priority.default(1) }),
    (given, context) => {
      const created_by = me(context);
      const id = nextNumber(context, 'ticket_counter');
      return context.table('tickets').insert({ id, ...given, status: 'Open', created_by });
    },
  ),
  apiFunction('get_ticket', TicketId, ({ ticket_id }, context) => ticketOf(context, ticket_id)),
  apiFunction('close_ticket', TicketId, ({ ticket_id }, context) => {
    settle(context, ticket_id, { status: 'Closed' });
    return { status: `Ticket ${ticket_id} has been closed successfully.` };
  }),
  apiFunction(
    'resolve_ticket',
    z.strictObject({ ticket_id: z.int(), resolution: text }),
    ({ ticket_id, resolution }, context) => {
      settle(context, ticket_id, { status: 'Resolved', resolution });
      return { status: `Ticket ${ticket_id} has been resolved successfully.` };
    },
  ),
  apiFunction(
    'edit_ticket',
    z.strictObject({
      ticket_id: z.int(),
      updates: z.strictObject({
        title: text.optional(),
        description: text.optional(),
        status: text.optional(),
        priority: priority.optional(),
      }),
    }),
    ({ ticket_id, updates }, context) => {
      me(context);
      ticketOf(context, ticket_id);
      const columns = Object.entries(updates).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      );
      context.table('tickets').update(String(ticket_id), Object.fromEntries(columns));
      return { status: `Ticket ${ticket_id} has been updated successfully.` };
    },
  ),
  apiFunction('get_user_tickets', z.strictObject({ status: text.nullish() }), ({ status }, context) => {
    const user = me(context);
    return [...context.table('tickets').all()].filter(
      (ticket) =>
        ticket.created_by === user &&
        (!status || String(ticket.status).toLowerCase() === status.toLowerCase()),
    );
  }),
];

/** A company's tickets for support. */
export const tickets = apiClass({
  name: 'TicketAPI',
  service: 'tickets',
  tables: { tickets: { key: 'id' }, session: { key: 'id' } },
  functions,
  writes: ['ticket_login', 'logout', 'create_ticket', 'close_ticket', 'resolve_ticket', 'edit_ticket'],
  harmless: ['session'],
  rowsOf({ ticket_queue, ticket_counter, current_user = null }) {
    const queue = (Array.isArray(ticket_queue) ? ticket_queue : []).filter(isObject);
    return { tickets: queue, session: [{ id: SESSION, current_user, ticket_counter: ticket_counter ?? 1 }] };
  },
});
