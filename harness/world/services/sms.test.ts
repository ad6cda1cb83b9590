import { describe, expect, it } from 'vitest';
import { openService } from './call-service.ts';
import { sms } from './sms.ts';

const OWN = '+12125550100';
const received = {
  sid: 'SM0',
  from: '+12125550101',
  to: OWN,
  body: 'Is tonight still on?',
  direction: 'inbound',
  status: 'received',
  date_sent: '2026-03-01T18:00:00.000Z',
};
const open = (numbers = [{ number: OWN }]) =>
  openService(sms, { 'sms.numbers': numbers, 'sms.messages': [received] });

describe('sms', () => {
  it('sends to a number however it is written, and lists both directions, newest first', async () => {
    const { call } = open();
    const sent = await call('POST', '/Messages', { To: '+1 (212) 555-0101', Body: 'Yes, at 8.' });
    expect(sent).toMatchObject({ status: 201, body: { sid: 'SM_1', from: OWN, to: '+12125550101' } });
    const sids = async (query: string) =>
      (await call('GET', `/Messages${query}`)).body.messages.map(({ sid }: { sid: string }) => sid);
    expect(await sids('')).toEqual(['SM_1', 'SM0']);
    expect(await sids('?From=%2B12125550101')).toEqual(['SM0']);
    expect(await sids('?To=%2B12125550101')).toEqual(['SM_1']);
  });

  it.each([{ To: '212', Body: 'x' }, { To: '+12125550101', Body: ' ' }, { To: '+12125550101' }])(
    'refuses %j',
    async (body) => {
      const { call, world } = open();
      expect((await call('POST', '/Messages', body)).status).toBe(400);
      expect(world.journal).toEqual([]);
    },
  );

  it('needs a number to send from', async () => {
    expect((await open([]).call('POST', '/Messages', { To: '+12125550101', Body: 'x' })).status).toBe(409);
  });
});
