import { describe, expect, it } from 'vitest';
import { openService } from './call-service.ts';
import { suppressions } from './suppressions.ts';

const lee = { address: 'lee@acme.example', reason: 'unsubscribe', created_at: '2026-01-05T09:00:00.000Z' };
const open = () => openService(suppressions, { 'suppressions.addresses': [lee] });

describe('suppressions', () => {
  it('are looked up by address, whatever its case', async () => {
    const { call } = open();
    expect((await call('GET', '/suppressions?address=Lee@Acme.example')).body).toEqual({
      suppressions: [lee],
    });
    expect((await call('GET', '/suppressions?address=kim@acme.example')).body).toEqual({ suppressions: [] });
    expect((await call('GET', '/suppressions')).body.suppressions).toHaveLength(1);
  });

  it('are added once', async () => {
    const { call, world } = open();
    const bounced = { address: 'Kim@acme.example', reason: 'bounce' };
    expect(await call('POST', '/suppressions', bounced)).toEqual({
      status: 201,
      body: { address: 'kim@acme.example', reason: 'bounce', created_at: '2026-03-02T09:00:00.000Z' },
    });
    expect((await call('POST', '/suppressions', bounced)).status).toBe(200);
    expect((await call('POST', '/suppressions', { address: lee.address, reason: 'bounce' })).body).toEqual(
      lee,
    );
    expect(world.journal).toHaveLength(1);
  });

  it.each([{ address: 'lee' }, { address: 'lee@acme.example' }, { address: 'a@b.example', reason: 'bored' }])(
    'refuse %j',
    async (body) => {
      const { call, world } = open();
      expect((await call('POST', '/suppressions', body)).status).toBe(400);
      expect(world.journal).toEqual([]);
    },
  );
});
