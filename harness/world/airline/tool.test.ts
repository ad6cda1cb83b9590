import { describe, expect, it } from 'vitest';
import { ORDER, openAirline } from './example-airline.ts';

describe('the dispatcher', () => {
  it.each([
    ['fly_to_the_moon', {}, 'Unknown action fly_to_the_moon'],
    ['constructor', {}, 'Unknown action constructor'],
    ['think', { thought: 'x', y: 1, z: 2 }, "Error: Think.invoke() got an unexpected keyword argument 'y'"],
    ['think', { y: 1 }, "Error: Think.invoke() got an unexpected keyword argument 'y'"],
    [
      'get_user_details',
      {},
      "Error: GetUserDetails.invoke() missing 1 required positional argument: 'user_id'",
    ],
    [
      'send_certificate',
      {},
      "Error: SendCertificate.invoke() missing 2 required positional arguments: 'user_id' and 'amount'",
    ],
    [
      'search_direct_flight',
      {},
      "Error: SearchDirectFlight.invoke() missing 3 required positional arguments: 'origin', 'destination', and 'date'",
    ],
    [
      'think',
      { data: 1, y: 2 },
      "Error: tau_bench.envs.airline.tools.think.Think.invoke() got multiple values for keyword argument 'data'",
    ],
    ['get_user_details', { user_id: ['ann'] }, "Error: unhashable type: 'list'"],
    ['get_user_details', { user_id: {} }, "Error: unhashable type: 'dict'"],
    ['get_user_details', { user_id: 'constructor' }, 'Error: user not found'],
    ['get_reservation_details', { reservation_id: 'XX' }, 'Error: user not found'],
    ['cancel_reservation', { reservation_id: 429815 }, 'Error: reservation not found'],
    ['calculate', { expression: '1/0' }, 'Error: division by zero'],
    ['think', { thought: 'hm' }, ''],
    ['transfer_to_human_agents', { summary: 's' }, 'Transfer successful'],
  ])('%s %j answers %s', async (tool, args, output) => {
    const { call, world } = await openAirline();
    expect(await call(tool, args)).toBe(output);
    expect(world.journal).toEqual([]);
  });

  it('takes an object of arguments only', async () => {
    const { world } = await openAirline();
    const url = `${world.environment.AIRLINE_URL}/tools/think`;
    expect((await world.handle(new Request(url, { method: 'POST', body: '[1]' }))).status).toBe(400);
  });

  it('finds a key that is all digits', async () => {
    const { call } = await openAirline();
    expect(await call('get_reservation_details', { reservation_id: '429815' })).toMatch(
      /^{"reservation_id": "429815"/,
    );
  });

  it('shows a user without the column that only our table needs', async () => {
    const { call } = await openAirline();
    expect(await call('get_user_details', { user_id: 'ann' })).toMatch(/^{"name": {"first_name": "Ann"/);
  });

  it('lists the airports in their order', async () => {
    const { call } = await openAirline();
    const text = await call('list_all_airports', {});
    expect(text).toMatch(/^{"SFO": "San Francisco", "JFK": "New York", .*"LGA": "LaGuardia"}$/);
    expect(Object.keys(JSON.parse(text))).toHaveLength(20);
  });

  it('reports a world that cannot answer as broken, not as an answer', async () => {
    const { world } = await openAirline();
    const send = () =>
      world.handle(
        new Request(`${world.environment.AIRLINE_URL}/tools/send_certificate`, {
          method: 'POST',
          body: '{"user_id": "ann", "amount": 1}',
        }),
      );
    for (let sent = 0; sent < 3; sent++) expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(500);
  });
});

it('the example order is one that can be booked', async () => {
  const { call } = await openAirline();
  expect(await call('book_reservation', ORDER)).toMatch(/^{"reservation_id": "HATHAT"/);
});
