import { describe, expect, it } from 'vitest';
import { calendar } from './calendar.ts';
import { openService } from './call-service.ts';

const standup = {
  id: 'e_1',
  title: 'Stand-up',
  start: '2026-03-05T10:00:00.000Z',
  end: '2026-03-05T10:30:00.000Z',
  attendees: ['alice@us.example'],
  description: null,
};
const review = {
  ...standup,
  id: 'e_2',
  title: 'Review',
  start: '2026-03-05T10:30:00.000Z',
  end: '2026-03-05T11:00:00.000Z',
};
const open = () => openService(calendar, { 'calendar.events': [review, standup] });
const call15 = {
  title: 'Call',
  start: '2026-03-05T16:00:00+01:00',
  end: '2026-03-05T16:30:00+01:00',
  attendees: ['lee@acme.example'],
};

describe('calendar', () => {
  it('books in UTC whatever zone was given', async () => {
    const { call, world } = open();
    expect(await call('POST', '/events', call15)).toEqual({
      status: 201,
      body: {
        ...call15,
        id: 'evt_1',
        start: '2026-03-05T15:00:00.000Z',
        end: '2026-03-05T15:30:00.000Z',
        description: null,
      },
    });
    expect(world.journal).toMatchObject([{ operation: 'insert', table: 'calendar.events' }]);
  });

  it.each([
    [{ ...call15, start: '2026-03-05T16:00:00' }, 400],
    [{ ...call15, attendees: [] }, 400],
    [{ ...call15, end: call15.start }, 422],
    [{ ...call15, start: '2026-03-01T10:00:00Z' }, 422],
    [{ ...call15, start: '2026-03-05T10:15:00Z', end: '2026-03-05T10:45:00Z' }, 409],
  ])('refuses %j and books nothing', async (event, status) => {
    const { call, world } = open();
    expect((await call('POST', '/events', event)).status).toBe(status);
    expect(world.journal).toEqual([]);
  });

  it('takes a time that only touches its neighbours', async () => {
    const touching = { ...call15, start: '2026-03-05T11:00:00Z', end: '2026-03-05T11:30:00Z' };
    expect((await open().call('POST', '/events', touching)).status).toBe(201);
  });

  it('moves an event, also within its own time, and says who is in its way', async () => {
    const { call, world } = open();
    const later = { start: '2026-03-05T09:45:00Z', end: '2026-03-05T10:15:00Z' };
    expect((await call('PATCH', '/events/e_1', later)).body).toEqual({
      ...standup,
      start: '2026-03-05T09:45:00.000Z',
      end: '2026-03-05T10:15:00.000Z',
    });
    expect(await call('PATCH', '/events/e_1', { end: '2026-03-05T10:45:00Z' })).toMatchObject({
      status: 409,
      body: { error: { message: 'the time is taken by "Review"' } },
    });
    expect((await call('PATCH', '/events/e_1', { start: '2026-03-01T09:00:00Z' })).status).toBe(422);
    expect((await call('PATCH', '/events/e_1', {})).status).toBe(400);
    expect((await call('PATCH', '/events/e_9', later)).status).toBe(404);
    expect(world.journal).toHaveLength(1);
  });

  it('cancels an event once', async () => {
    const { call, world } = open();
    expect((await call('DELETE', '/events/e_1')).body).toEqual(standup);
    expect((await call('DELETE', '/events/e_1')).status).toBe(404);
    expect(world.journal).toMatchObject([{ operation: 'delete', table: 'calendar.events', key: 'e_1' }]);
  });

  it('lists a day in order of time', async () => {
    const { call } = open();
    expect((await call('GET', '/events?day=2026-03-05')).body.events).toEqual([standup, review]);
    expect((await call('GET', '/events?day=2026-03-06')).body.events).toEqual([]);
    expect((await call('GET', '/events?day=5%20March')).status).toBe(400);
  });

  it('shows what lies between two times, also by a word of the title', async () => {
    const { call } = open();
    const view = async (query: string) => (await call('GET', `/calendar-view?${query}`)).body.events;
    expect(await view('start=2026-03-05T00:00:00Z&end=2026-03-08T00:00:00Z')).toEqual([standup, review]);
    expect(await view('start=2026-03-05T00:00:00Z&end=2026-03-08T00:00:00Z&q=review')).toEqual([review]);
    expect((await call('GET', '/calendar-view?start=2026-03-05T00:00:00Z')).status).toBe(400);
    expect((await call('GET', '/settings')).body).toEqual({ items: [] });
  });

  it('joins neighbouring busy times', async () => {
    const { call } = open();
    const { body } = await call('GET', '/free-busy?from=2026-03-05T00:00:00Z&to=2026-03-06T00:00:00Z');
    expect(body.busy).toEqual([{ start: standup.start, end: review.end }]);
    expect((await call('GET', '/free-busy?from=2026-03-05T00:00:00Z')).status).toBe(400);
  });

  it('tells the time of the world', async () => {
    expect((await open().call('GET', '/clock')).body).toEqual({
      now: '2026-03-02T09:00:00.000Z',
      time_zone: 'UTC',
    });
  });
});
