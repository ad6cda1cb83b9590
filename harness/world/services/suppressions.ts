import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import type { Service } from '../service.ts';
import { isoTime } from './answers.ts';

const Suppression = z.looseObject({
  /** In lower case. */
  address: z.string(),
  reason: z.enum(['unsubscribe', 'bounce', 'complaint']),
  created_at: z.string(),
});

const list = defineOperation({
  id: 'suppressions.list',
  method: 'GET',
  path: '/suppressions',
  summary: 'Addresses that get no mail, all or one',
  query: z.object({ address: z.string().optional() }),
  replies: { 200: z.object({ suppressions: z.array(Suppression) }) },
  handle({ query: { address }, table }) {
    const suppressions = [...table('addresses').all()].filter(
      (row) => !address || row.address === address.trim().toLowerCase(),
    );
    return { status: 200, body: { suppressions } };
  },
});

const add = defineOperation({
  id: 'suppressions.add',
  method: 'POST',
  path: '/suppressions',
  summary: 'Puts an address on the list; one that is there stays as it is',
  body: z.strictObject({ address: z.email(), reason: Suppression.shape.reason }),
  replies: { 200: Suppression, 201: Suppression },
  handle({ body: { address, reason }, table, now }) {
    const key = address.toLowerCase();
    const known = table('addresses').get(key);
    if (known) return { status: 200, body: known };
    const row = table('addresses').insert({ address: key, reason, created_at: isoTime(now) });
    return { status: 201, body: row };
  },
});

/**
 * The list of addresses that get no mail, as senders of mail keep it beside a mailbox: who unsubscribed, bounced or
 * complained. The mailbox does not look at it; whoever writes has to.
 */
export const suppressions: Service = {
  name: 'suppressions',
  tables: { addresses: { key: 'address' } },
  operations: [list, add],
};
