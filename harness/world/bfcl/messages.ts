import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { isObject } from '../airline/python-operations.ts';
import type { OperationContext } from '../service.ts';
import { refuse } from '../tool-operation.ts';
import { apiClass, apiFunction, nextNumber, SESSION, sessionOf } from './api-class.ts';

const text = z.string();

function me(context: OperationContext): string {
  const { current_user } = sessionOf(context);
  return typeof current_user === 'string' ? current_user : refuse('log in first: message_login');
}

function userNamed({ table }: OperationContext, name: string): Row | undefined {
  return [...table('users').all()].find((user) => user.name === name);
}

function sentBy(context: OperationContext, user: string): Row[] {
  return [...context.table('messages').all()].filter(({ sender_id }) => sender_id === user);
}

const functions = [
  apiFunction('list_users', z.strictObject({}), (_, { table }) => ({
    user_list: [...table('users').all()].map(({ name }) => name ?? null),
  })),
  apiFunction('get_user_id', z.strictObject({ user: text }), ({ user }, context) => ({
    user_id: userNamed(context, user)?.user_id ?? refuse(`there is no user ${user}`),
  })),
  apiFunction('message_login', z.strictObject({ user_id: text }), ({ user_id }, { table }) => {
    if (!table('users').get(user_id)) refuse(`there is no user ${user_id}`);
    table('session').update(SESSION, { current_user: user_id });
    return { login_status: true, message: `User '${user_id}' logged in successfully.` };
  }),
  apiFunction('message_get_login_status', z.strictObject({}), (_, context) => ({
    login_status: typeof sessionOf(context).current_user === 'string',
  })),
  apiFunction(
    'send_message',
    z.strictObject({ receiver_id: text, message: text }),
    ({ receiver_id, message }, context) => {
      const sender_id = me(context);
      if (!context.table('users').get(receiver_id)) refuse(`there is no user ${receiver_id}`);
      const id = nextNumber(context, 'message_count');
      context.table('messages').insert({ id, sender_id, receiver_id, message });
      return { sent_status: true, message_id: id, message: `Message sent to '${receiver_id}' successfully.` };
    },
  ),
  apiFunction('delete_message', z.strictObject({ receiver_id: text }), ({ receiver_id }, context) => {
    const last = sentBy(context, me(context)).findLast((message) => message.receiver_id === receiver_id);
    if (!last) return refuse(`no message was sent to ${receiver_id}`);
    context.table('messages').delete(String(last.id));
    return { deleted_status: true, receiver_id, message: 'The last message is deleted.' };
  }),
  apiFunction('view_messages_sent', z.strictObject({}), (_, context) => {
    const byReceiver = Map.groupBy(sentBy(context, me(context)), ({ receiver_id }) => String(receiver_id));
    return {
      messages: Object.fromEntries(
        [...byReceiver].map(([receiver, sent]) => [receiver, sent.map(({ message }) => message ?? null)]),
      ),
    };
  }),
  apiFunction('add_contact', z.strictObject({ user_name: text }), ({ user_name }, context) => {
    me(context);
    if (userNamed(context, user_name)) refuse(`${user_name} is a contact already`);
    const user_id = `USR${String(nextNumber(context, 'user_count') + 1).padStart(3, '0')}`;
    context.table('users').insert({ user_id, name: user_name });
    return { added_status: true, user_id, message: `Contact '${user_name}' added successfully.` };
  }),
  apiFunction('search_messages', z.strictObject({ keyword: text }), ({ keyword }, context) => {
    const wanted = keyword.toLowerCase();
    const found = sentBy(context, me(context)).filter(({ message }) =>
      String(message).toLowerCase().includes(wanted),
    );
    return { results: found.map(({ receiver_id = null, message = null }) => ({ receiver_id, message })) };
  }),
  apiFunction('get_message_stats', z.strictObject({}), (_, context) => {
    const user = me(context);
    const received = [...context.table('messages').all()].filter(({ receiver_id }) => receiver_id === user);
    const contacts = new Set(sentBy(context, user).map(({ receiver_id }) => receiver_id));
    return { stats: { received_count: received.length, total_contacts: contacts.size } };
  }),
];

/** A workspace's messages between its users. */
export const messages = apiClass({
  name: 'MessageAPI',
  service: 'messages',
  tables: { users: { key: 'user_id' }, messages: { key: 'id' }, session: { key: 'id' } },
  functions,
  writes: ['message_login', 'send_message', 'delete_message', 'add_contact'],
  harmless: ['session'],
  rowsOf({ user_map, inbox, user_count, message_count, current_user = null }) {
    const users = Object.entries(isObject(user_map ?? null) ? (user_map as object) : DEFAULT_USERS);
    // A message of the inbox is an object with the receiver's id as its only member.
    const sent = (Array.isArray(inbox) ? inbox : []).flatMap((entry) =>
      isObject(entry) ? Object.entries(entry) : [],
    );
    return {
      users: users.map(([name, user_id]) => ({ name, user_id: String(user_id) })),
      messages: sent.map(([receiver_id, message], id) => ({
        id,
        sender_id: current_user,
        receiver_id,
        message,
      })),
      session: [
        {
          id: SESSION,
          current_user,
          user_count: user_count ?? users.length,
          message_count: Math.max(Number(message_count ?? 0), sent.length),
        },
      ],
    };
  },
});

/** Who is there where a task does not say. */
const DEFAULT_USERS = { Alice: 'USR001', Bob: 'USR002', Catherine: 'USR003', Daniel: 'USR004' };
