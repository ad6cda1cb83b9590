import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { AppError } from '../../../domain/errors.ts';
import { schemaProblem } from '../../../domain/field-problem.ts';
import { JsonObject } from '../../../domain/json.ts';
import type { Fixture } from '../service.ts';

const FILES = {
  flights: 'flights.json',
  reservations: 'reservations.json',
  users: 'users.json',
  runs: 'gpt-4o-trials-0-1.json',
} as const;

/* Loose objects: a record's further fields, and the order of all, show in the tools' outputs and are kept. */
const text = z.string();
const Flights = z.record(
  text,
  z.looseObject({
    flight_number: text,
    origin: text,
    destination: text,
    scheduled_departure_time_est: text,
    scheduled_arrival_time_est: text,
    dates: z.record(text, z.looseObject({ status: text })),
  }),
);
const Reservations = z.record(
  text,
  z.looseObject({
    reservation_id: text,
    user_id: text,
    cabin: text,
    flights: z.array(z.looseObject({ flight_number: text, date: text, price: z.number() })),
    passengers: z.array(JsonObject),
    payment_history: z.array(z.looseObject({ payment_id: text, amount: z.number() })),
    nonfree_baggages: z.number(),
  }),
);
const Users = z.record(
  text,
  z.looseObject({
    address: JsonObject,
    payment_methods: z.record(text, z.looseObject({ source: text })),
    reservations: z.array(text),
  }),
);

const ToolCall = z.object({ id: text, function: z.object({ name: text, arguments: text }) });

const RecordedMessage = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: text }),
  z.object({ role: z.literal('user'), content: text }),
  z.object({
    role: z.literal('assistant'),
    content: text.nullable(),
    tool_calls: z.array(ToolCall).nullish(),
  }),
  z.object({ role: z.literal('tool'), tool_call_id: text, name: text, content: text }),
]);
export type RecordedMessage = z.infer<typeof RecordedMessage>;

/** What a task asks for: the reference calls lead to the end state that is right, `outputs` have to be said. */
const Task = z.object({
  instruction: text.min(1),
  actions: z.array(z.object({ name: text, kwargs: JsonObject })),
  outputs: z.array(text.min(1)),
});
export type Task = z.infer<typeof Task>;

const RecordedRun = z.object({
  task_id: z.int().nonnegative(),
  trial: z.int().nonnegative(),
  reward: z.number(),
  info: z.object({ task: Task }),
  traj: z.array(RecordedMessage).min(2),
});
export type RecordedRun = z.infer<typeof RecordedRun>;

export type AirlineData = { world: Fixture; runs: RecordedRun[] };

/**
 * Reads the airline's world and its recorded runs.
 *
 * @throws AppError DATA_DIRECTORY_MISSING naming the files that are absent, DATA_UNREADABLE for one of another shape
 */
export async function readAirlineData(directory: string): Promise<AirlineData> {
  await expectFiles(directory);
  const [flights, reservations, users, runs] = await Promise.all([
    readTable(directory, FILES.flights, Flights),
    readTable(directory, FILES.reservations, Reservations),
    readTable(directory, FILES.users, Users),
    readShape(directory, FILES.runs, z.array(RecordedRun).min(1)),
  ]);
  return {
    world: {
      'airline.flights': keyed(FILES.flights, flights, 'flight_number'),
      'airline.reservations': keyed(FILES.reservations, reservations, 'reservation_id'),
      'airline.users': Object.entries(users).map(([user_id, user]) => userRow(user_id, user)),
    },
    runs,
  };
}

/** A user's record has no id of its own; and what is `state` in the address today was `province` in the recordings. */
function userRow(user_id: string, user: Row): Row {
  const address = Object.entries(user.address as JsonObject).map(
    ([name, value]) => [name === 'state' ? 'province' : name, value] as const,
  );
  return { user_id, ...user, address: Object.fromEntries(address) };
}

function keyed(file: string, table: JsonObject, column: string): Row[] {
  return Object.entries(table).map(([key, value]) => {
    const row = value as Row;
    if (row[column] === key) return row;
    throw new AppError(
      'DATA_UNREADABLE',
      `${file}: expected ${column} "${key}" in its record, got ${row[column]}`,
    );
  });
}

async function expectFiles(directory: string): Promise<void> {
  const names = Object.values(FILES);
  const found = await Promise.allSettled(names.map((name) => access(join(directory, name))));
  const missing = names.filter((_, number) => found[number]?.status === 'rejected');
  if (missing.length === 0) return;
  throw new AppError(
    'DATA_DIRECTORY_MISSING',
    `expected ${names.join(', ')} in ${directory}, could not find ${missing.join(', ')}`,
  );
}

/** The file as it stands: a parsed copy would have its fields in the order of the schema. */
async function readTable(directory: string, file: string, shape: z.ZodType): Promise<Record<string, Row>> {
  const raw = await readJson(directory, file);
  expectShape(file, raw, shape);
  return raw as Record<string, Row>;
}

async function readShape<T>(directory: string, file: string, shape: z.ZodType<T>): Promise<T> {
  return expectShape(file, await readJson(directory, file), shape);
}

function expectShape<T>(file: string, raw: unknown, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new AppError('DATA_UNREADABLE', `${file}: ${schemaProblem(parsed.error, raw)}`);
}

async function readJson(directory: string, file: string): Promise<unknown> {
  const content = await readFile(join(directory, file), 'utf8');
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new AppError('DATA_UNREADABLE', `${file}: expected JSON, ${(error as Error).message}`, {
      cause: error,
    });
  }
}
