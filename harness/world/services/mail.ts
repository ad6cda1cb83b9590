import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { defineOperation } from '../define-operation.ts';
import { RefusalBody } from '../refusal.ts';
import type { Service, Table } from '../service.ts';
import { refusal } from '../world-request.ts';
import { fold, isoTime } from './answers.ts';

const NewMessage = z.strictObject({
  to: z.email(),
  subject: z.string().trim().min(1),
  body: z.string().trim().min(1),
  thread_id: z.string().min(1).optional(),
});

const Message = z.looseObject({
  id: z.string(),
  thread_id: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  sent_at: z.string(),
});

/** Addresses are compared without regard to case. */
function sameAddress(left: unknown, right: string): boolean {
  return typeof left === 'string' && left.toLowerCase() === right.trim().toLowerCase();
}

function newestFirst(rows: Row[]): Row[] {
  return rows.sort((a, b) => String(b.sent_at).localeCompare(String(a.sent_at)));
}

function inThread(table: Table, threadId: string): Row[] {
  return [...table.all()].filter((row) => row.thread_id === threadId);
}

const listInbox = defineOperation({
  id: 'inbox.list',
  method: 'GET',
  path: '/inbox',
  summary: 'What came in, newest first: all, from one address, or with a word in it',
  query: z.object({ from: z.string().optional(), q: z.string().optional() }),
  replies: { 200: z.object({ messages: z.array(Message) }) },
  handle({ query: { from, q = '' }, table }) {
    const messages = [...table('inbox').all()].filter(
      (row) =>
        (!from || sameAddress(row.from, from)) &&
        fold(`${row.from} ${row.subject} ${row.body}`).includes(fold(q)),
    );
    return { status: 200, body: { messages: newestFirst(messages) } };
  },
});

const getThread = defineOperation({
  id: 'threads.get',
  method: 'GET',
  path: '/threads/:id',
  summary: 'A conversation, oldest message first',
  replies: {
    200: z.object({
      id: z.string(),
      messages: z.array(Message.extend({ direction: z.enum(['received', 'sent']) })),
    }),
    404: RefusalBody,
  },
  handle({ params: { id }, table }) {
    const received = inThread(table('inbox'), id).map((row): Row => ({ ...row, direction: 'received' }));
    const sent = inThread(table('outbox'), id).map((row): Row => ({ ...row, direction: 'sent' }));
    if (received.length + sent.length === 0) return refusal(404, 'not_found', `no thread has the id "${id}"`);
    return { status: 200, body: { id, messages: newestFirst([...received, ...sent]).reverse() } };
  },
});

const listSent = defineOperation({
  id: 'messages.sent',
  method: 'GET',
  path: '/sent',
  summary: 'What went out, newest first',
  query: z.object({ to: z.string().optional() }),
  replies: { 200: z.object({ messages: z.array(Message) }) },
  handle({ query: { to }, table }) {
    const messages = [...table('outbox').all()].filter((row) => !to || sameAddress(row.to, to));
    return { status: 200, body: { messages: newestFirst(messages) } };
  },
});

const send = defineOperation({
  id: 'messages.send',
  method: 'POST',
  path: '/messages',
  summary: 'Sends a message, for good',
  body: NewMessage,
  replies: { 201: Message, 404: RefusalBody, 409: RefusalBody },
  handle({ body: { thread_id: threadId, ...words }, table, newId, now }) {
    const [account] = table('accounts').all();
    if (!account) return refusal(409, 'conflict', 'no mailbox is connected to send from');
    if (
      threadId &&
      inThread(table('inbox'), threadId).length + inThread(table('outbox'), threadId).length === 0
    )
      return refusal(404, 'not_found', `no thread has the id "${threadId}"`);
    const row = table('outbox').insert({
      id: newId('msg'),
      thread_id: threadId ?? newId('th'),
      from: account.address ?? null,
      ...words,
      sent_at: isoTime(now),
    });
    return { status: 201, body: row };
  },
});

/** A mailbox: what came in, what went out (for good), and the account it goes out from. */
export const mail: Service = {
  name: 'mail',
  tables: {
    accounts: { key: 'address' },
    inbox: { key: 'id' },
    outbox: { key: 'id', irreversible: true },
  },
  operations: [listInbox, getThread, listSent, send],
};
