import { describe, expect, it } from 'vitest';
import { openService } from './call-service.ts';
import { mail } from './mail.ts';

const sent = {
  id: 'm_1',
  thread_id: 'th_7',
  from: 'tom@us.example',
  to: 'Lee@acme.example',
  subject: 'Hello',
  body: 'Hello Lee',
  sent_at: '2026-02-20T09:00:00.000Z',
};
const received = {
  ...sent,
  id: 'm_2',
  from: 'lee@acme.example',
  to: 'tom@us.example',
  sent_at: '2026-02-21T09:00:00.000Z',
};
const account = { address: 'alice@us.example' };
const open = (accounts = [account]) =>
  openService(mail, { 'mail.accounts': accounts, 'mail.inbox': [received], 'mail.outbox': [sent] });
const message = { to: 'lee@acme.example', subject: 'Once more', body: 'Hello again' };

describe('mail', () => {
  it('sends for good, from the connected mailbox', async () => {
    const { call, world } = open();
    const { status, body } = await call('POST', '/messages', message);
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        id: 'msg_1',
        thread_id: 'th_1',
        from: 'alice@us.example',
        ...message,
        sent_at: '2026-03-02T09:00:00.000Z',
      },
    });
    expect(world.journal).toMatchObject([{ operation: 'insert', table: 'mail.outbox', irreversible: true }]);
  });

  it.each([
    [{ ...message, to: 'lee' }, 400, /^to: /],
    [{ ...message, to: ['lee@acme.example'] }, 400, /^to: /],
    [{ ...message, subject: '' }, 400, /^subject: /],
    [{ to: message.to, subject: 's' }, 400, /^body: /],
    [{ ...message, bcc: 'x@y.example' }, 400, /bcc/],
    [{ ...message, thread_id: 'th_9' }, 404, /no thread/],
    ['hello', 400, /expected object/],
  ])('refuses %j and sends nothing', async (body, status, why) => {
    const { call, world } = open();
    const answer = await call('POST', '/messages', body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(why);
    expect(world.journal).toEqual([]);
  });

  it('has to have a mailbox to send from', async () => {
    expect((await open([]).call('POST', '/messages', message)).status).toBe(409);
  });

  it('shows a thread with both sides, oldest first', async () => {
    const { call } = open();
    await call('POST', '/messages', { ...message, thread_id: 'th_7' });
    const { body } = await call('GET', '/threads/th_7');
    expect(body.messages.map((row: { id: string; direction: string }) => [row.id, row.direction])).toEqual([
      ['m_1', 'sent'],
      ['m_2', 'received'],
      ['msg_1', 'sent'],
    ]);
    expect((await call('GET', '/threads/th_9')).status).toBe(404);
  });

  it('lists sent mail by recipient, newest first, whatever the case of the address', async () => {
    const { call } = open();
    await call('POST', '/messages', message);
    const { body } = await call('GET', '/sent?to=LEE@acme.example');
    expect(body.messages.map(({ id }: { id: string }) => id)).toEqual(['msg_1', 'm_1']);
    expect((await call('GET', '/sent?to=nobody@acme.example')).body.messages).toEqual([]);
  });

  it('lists the inbox by sender', async () => {
    const { call } = open();
    expect((await call('GET', '/inbox')).body.messages).toEqual([received]);
    expect((await call('GET', '/inbox?from=other@acme.example')).body.messages).toEqual([]);
  });
});
