import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { exampleDb, exampleTasks } from './example-retail.ts';
import { importTau2 } from './import-tau2.ts';

async function directoryWith(files: Record<string, unknown>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'rehearse-tau2-'));
  await mkdir(join(directory, 'domains/retail'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(join(directory, 'domains/retail', name), text);
  }
  return directory;
}

describe('importing tau2-bench', () => {
  it('makes a scenario of each task and names those that cannot be one', async () => {
    const [retail] = await importTau2(
      await directoryWith({ 'tasks.json': exampleTasks, 'db.json': exampleDb }),
    );
    expect(retail?.pack.name).toBe('tau2-retail');
    expect(retail?.pack.scenarios.map(({ id }) => id)).toEqual([
      'tau2-retail/task-000',
      'tau2-retail/task-001',
      'tau2-retail/task-002',
    ]);
    expect(retail?.leftOut).toEqual([
      expect.objectContaining({
        id: 'tau2-retail/task-003',
        reason: expect.stringContaining('conversation'),
      }),
    ]);
    expect([retail?.calls, retail?.refused]).toEqual([4, 1]);
  });

  it('expects what the reference calls bring about, and nothing where they bring about nothing', async () => {
    const [retail] = await importTau2(
      await directoryWith({ 'tasks.json': exampleTasks, 'db.json': exampleDb }),
    );
    const [cancel, unknownOrder, exchange] = retail?.pack.scenarios ?? [];
    expect(cancel?.expect.effects.map(({ operation, table }) => `${operation} ${table}`).sort()).toEqual([
      'update retail.orders',
      'update retail.users',
    ]);
    expect(unknownOrder?.expect).toMatchObject({ effects: [], facts: ['5 to 7 days'] });
    expect(unknownOrder?.tags).toEqual(['tau2-bench', 'no-write', 'not-judged-by-a-model']);
    // The task's own data has made the green kettle available.
    expect(exchange?.expect.effects[0]?.columns).toMatchObject({
      exchange_new_items: { is: 'exact', value: ['i3'] },
      exchange_price_difference: { is: 'exact', value: -10.1 },
    });
    expect(exchange?.user).toMatchObject({ kind: 'model' });
  });

  it.each([
    ['no domain', {}, 'DATA_DIRECTORY_MISSING'],
    ['no data', { 'tasks.json': exampleTasks }, 'DATA_DIRECTORY_MISSING'],
    ['a cut file', { 'tasks.json': '[{"id":', 'db.json': exampleDb }, 'DATA_UNREADABLE'],
    ['a table that is missing', { 'tasks.json': exampleTasks, 'db.json': { users: {} } }, 'DATA_UNREADABLE'],
    ['a task of another shape', { 'tasks.json': [{ id: '0' }], 'db.json': exampleDb }, 'DATA_UNREADABLE'],
  ])('refuses %s', async (_, files, code) => {
    const directory = await directoryWith(files);
    await expect(importTau2(directory)).rejects.toSatisfy(
      (error) => error instanceof AppError && error.code === code,
    );
  });
});
