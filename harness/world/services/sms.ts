import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { defineOperation } from '../define-operation.ts';
import { RefusalBody } from '../refusal.ts';
import type { Service } from '../service.ts';
import { refusal } from '../world-request.ts';
import { isoTime } from './answers.ts';

const number = z
  .string()
  .transform((text) => text.replace(/[ ()-]/g, ''))
  .refine((text) => /^\+[1-9]\d{6,14}$/.test(text), 'expected a phone number as +12125550100');

/** A message as Twilio's API writes one. */
const Message = z.looseObject({
  sid: z.string(),
  from: z.string(),
  to: z.string(),
  body: z.string(),
  direction: z.enum(['inbound', 'outbound-api']),
  status: z.string(),
  date_sent: z.string(),
});

const NewMessage = z.strictObject({ To: number, Body: z.string().trim().min(1).max(1600) });

function newestFirst(rows: Row[]): Row[] {
  return rows.sort((a, b) => String(b.date_sent).localeCompare(String(a.date_sent)));
}

const list = defineOperation({
  id: 'messages.list',
  method: 'GET',
  path: '/Messages',
  summary: 'Texts received and sent, newest first',
  query: z.object({ To: number.optional(), From: number.optional() }),
  replies: { 200: z.object({ messages: z.array(Message) }) },
  handle({ query: { To, From }, table }) {
    const messages = [...table('messages').all()].filter(
      ({ to, from }) => (!To || to === To) && (!From || from === From),
    );
    return { status: 200, body: { messages: newestFirst(messages) } };
  },
});

const send = defineOperation({
  id: 'messages.send',
  method: 'POST',
  path: '/Messages',
  summary: 'Sends a text, for good',
  body: NewMessage,
  replies: { 201: Message, 409: RefusalBody },
  handle({ body: { To, Body }, table, newId, now }) {
    const [own] = table('numbers').all();
    if (!own) return refusal(409, 'conflict', 'there is no number to send from');
    const row = table('messages').insert({
      sid: newId('SM'),
      from: own.number ?? null,
      to: To,
      body: Body,
      direction: 'outbound-api',
      status: 'queued',
      date_sent: isoTime(now),
    });
    return { status: 201, body: row };
  },
});

/** Text messages of one number: what came in and what went out, for good. */
export const sms: Service = {
  name: 'sms',
  tables: { numbers: { key: 'number' }, messages: { key: 'sid', irreversible: true } },
  operations: [list, send],
};
