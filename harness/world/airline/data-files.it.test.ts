import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importTauAirline } from './tau-airline.ts';

const FLIGHT = {
  flight_number: 'HAT001',
  origin: 'JFK',
  destination: 'SEA',
  scheduled_departure_time_est: '08:00:00',
  scheduled_arrival_time_est: '12:00:00',
  dates: {},
};
const USER = { address: { state: 'NY', zip: '1' }, payment_methods: {}, reservations: [] };
const RUN = {
  task_id: 0,
  trial: 0,
  reward: 0,
  info: { task: { instruction: 'You want a seat.', actions: [], outputs: [] } },
  traj: [
    { role: 'system', content: 'policy' },
    { role: 'user', content: 'Bye ###STOP###' },
  ],
};

describe('a directory of recorded runs', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tau-airline-'));
    await write('flights.json', { HAT001: FLIGHT });
    await write('reservations.json', {});
    await write('users.json', { ann: USER });
    await write('gpt-4o-trials-0-1.json', [RUN]);
  });
  afterEach(() => rm(directory, { recursive: true }));

  const write = (file: string, content: unknown) => writeFile(join(directory, file), JSON.stringify(content));
  const refusal = (code: string, message: RegExp) =>
    expect.objectContaining({ name: 'AppError', code, message: expect.stringMatching(message) });

  it('is read with the address as it was when the runs were recorded', async () => {
    const { pack, recordings } = await importTauAirline(directory);
    expect(pack.fixtures['tau-airline']?.['airline.users']).toEqual([
      { user_id: 'ann', ...USER, address: { province: 'NY', zip: '1' } },
    ]);
    expect(pack.scenarios).toMatchObject([
      { id: 'tau-airline/task-00', expect: { effects: [], budgets: { stepsWithoutProgress: null } } },
    ]);
    expect(recordings).toMatchObject([{ scenarioId: 'tau-airline/task-00', index: 0, finished: true }]);
  });

  it('is refused by the names of the files it lacks', async () => {
    await rm(join(directory, 'users.json'));
    await expect(importTauAirline(directory)).rejects.toEqual(
      refusal('DATA_DIRECTORY_MISSING', /could not find users\.json$/),
    );
    await expect(importTauAirline(join(directory, 'nowhere'))).rejects.toEqual(
      refusal(
        'DATA_DIRECTORY_MISSING',
        /nowhere, could not find flights\.json, reservations\.json, users\.json, gpt/,
      ),
    );
  });

  it.each<[string, string, string, RegExp]>([
    ['cut', 'flights.json', '{"HAT001": {', /^flights\.json: expected JSON/],
    ['of another kind', 'users.json', '[]', /^users\.json: the whole: expected record, got \[\]$/],
    [
      'wrong in one place',
      'gpt-4o-trials-0-1.json',
      JSON.stringify([{ ...RUN, reward: 'good' }]),
      /: 0\.reward: expected number, got "good"$/,
    ],
    [
      'keyed by another id',
      'flights.json',
      JSON.stringify({ HAT002: FLIGHT }),
      /flight_number "HAT002".* got HAT001$/,
    ],
    ['empty', 'gpt-4o-trials-0-1.json', '[]', /^gpt-4o-trials-0-1\.json: /],
  ])('is refused where a file is %s', async (_, file, content, message) => {
    await writeFile(join(directory, file), content);
    await expect(importTauAirline(directory)).rejects.toEqual(refusal('DATA_UNREADABLE', message));
  });
});
