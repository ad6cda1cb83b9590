import { describe, expect, it } from 'vitest';
import { EXAMPLE, ORDER } from './example-airline.ts';
import { type Action, expectedEffects, worldAfter } from './reference.ts';

const book: Action = { name: 'book_reservation', kwargs: ORDER };
const newBags = (total_baggages: number): Action => ({
  name: 'update_reservation_baggages',
  kwargs: { reservation_id: 'R1', total_baggages, nonfree_baggages: 1, payment_id: 'gift_card_1' },
});

async function expectedOf(...actions: Action[]) {
  return expectedEffects((await worldAfter(actions, EXAMPLE)).journal);
}

describe('expectedEffects', () => {
  it('asks for all columns of a new row and the changed ones of another', async () => {
    const [user, booking, ...others] = (await expectedOf(book)).toSorted((a, b) =>
      b.operation.localeCompare(a.operation),
    );
    expect(user).toEqual({
      operation: 'update',
      table: 'airline.users',
      key: { is: 'exact', value: 'ann' },
      columns: { reservations: { is: 'exact', value: ['R1', 'HATHAT'] } },
    });
    expect(booking).toMatchObject({ operation: 'insert', table: 'airline.reservations' });
    expect(Object.keys(booking?.columns ?? {})).toHaveLength(13);
    expect(others).toEqual([]);
  });

  it('counts what several writes of a row come to, and nothing where they come to nothing', async () => {
    expect(await expectedOf(newBags(5), newBags(3))).toEqual([
      {
        operation: 'update',
        table: 'airline.reservations',
        key: { is: 'exact', value: 'R1' },
        columns: { total_baggages: { is: 'exact', value: 3 } },
      },
    ]);
    expect(await expectedOf(newBags(5), newBags(1))).toEqual([]);
  });

  it('asks for nothing where only reads, refusals and transfers were made', async () => {
    const reads: Action[] = [
      { name: 'get_user_details', kwargs: { user_id: 'ann' } },
      { name: 'cancel_reservation', kwargs: { reservation_id: 'XX' } },
      { name: 'transfer_to_human_agents', kwargs: { summary: '' } },
    ];
    expect(await expectedOf(...reads)).toEqual([]);
  });
});
