import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Row } from '../../domain/effect.ts';
import { defineOperation } from './define-operation.ts';
import { openService } from './services/call-service.ts';

const shop = {
  name: 'shop',
  tables: { orders: { key: 'id' } },
  operations: [
    defineOperation({
      id: 'parts.add',
      method: 'POST',
      path: '/orders/:order/parts/:part',
      summary: 'Adds a part',
      params: { part: z.string().regex(/^p\d+$/, 'expected p and a number') },
      query: z.object({ count: z.coerce.number().int().positive().default(1) }),
      body: z.strictObject({ note: z.string().optional() }),
      replies: { 201: z.looseObject({ id: z.string() }) },
      handle: ({ params: { order, part }, query: { count }, body: { note = null }, table }) => ({
        status: 201,
        body: table('orders').insert({ id: `${order}/${part}`, count, note }) as Row,
      }),
    }),
  ],
};

const { world, call } = openService(shop, {});

describe('an operation with shapes', () => {
  it('has its path, query and body as the shapes make them; the first of a doubled parameter counts', async () => {
    expect((await call('POST', '/orders/o1/parts/p7?count=3&count=x', { note: 'red' })).body).toEqual({
      id: 'o1/p7',
      count: 3,
      note: 'red',
    });
    expect((await call('POST', '/orders/o1/parts/p8')).body).toEqual({ id: 'o1/p8', count: 1, note: null });
  });

  it.each([
    ['/orders/o1/parts/x7', {}, 'part: expected p and a number'],
    ['/orders/o1/parts/p9?count=none', {}, /^count: /],
    ['/orders/o1/parts/p9', { note: 3 }, /^note: /],
    ['/orders/o1/parts/p9', [], /^body: .*expected object/],
    ['/orders/o1/parts/p9', { remark: 'x' }, /remark/],
  ])('names the field that is wrong and does nothing: %s %j', async (path, body, message) => {
    const writes = world.journal.length;
    const answer = await call('POST', path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('bad_request');
    expect(answer.body.error.message).toMatch(message);
    expect(world.journal).toHaveLength(writes);
  });
});
