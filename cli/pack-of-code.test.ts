import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPack } from './packs.ts';

const folder = mkdtempSync(join(tmpdir(), 'rehearse-code-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
/** Loads a file with this code. */
function load(code: string) {
  files += 1;
  const file = join(folder, `${files}.mjs`);
  writeFileSync(file, code);
  return loadPack(file);
}

const scenario = (id: string) =>
  JSON.stringify({
    id,
    title: 'A pause',
    world: { now: '2026-03-02T09:00:00Z', services: ['crm'] },
    start: { message: 'Wait.' },
    expect: {},
  });

describe('a file of code', () => {
  it('may export scenarios of a pack that is there, singly and in arrays', async () => {
    const pack = await load(
      `export const one = ${scenario('sdr/a')};
       export const more = [${scenario('sdr/b')}, ${scenario('sdr/c')}];
       export const names = ['no scenario'];`,
    );
    expect(pack.name).toBe('sdr');
    expect(pack.scenarios.map(({ id }) => id).toSorted()).toEqual(['sdr/a', 'sdr/b', 'sdr/c']);
    expect(pack.scenarios[0]).toMatchObject({ tags: [], reference: null });
  });

  it('may export a pack of its own', async () => {
    const pack = await load(
      `const service = { name: 'crm', tables: { contacts: { key: 'id' } }, operations: [] };
       export const pack = { name: 'own', services: [service], fixtures: {}, models: [], scenarios: [${scenario('own/a')}] };`,
    );
    expect(pack).toMatchObject({ name: 'own', scenarios: [{ id: 'own/a' }] });
  });

  it.each([
    ['export const x = 1;', /expected an export "pack", or scenarios of defineScenario, got x/],
    ['', /got nothing/],
    ['export const pack = { name: "own", services: [] };', /: pack\.scenarios: /],
    [`export const one = { ...${scenario('sdr/a')}, title: 7 };`, /\[0\]: title: expected string, got 7/],
    [`export const a = ${scenario('sdr/a')}; export const b = a;`, /each id once, got "sdr\/a" twice/],
    ['import "./nowhere.mjs";', /cannot be loaded: .*nowhere/],
    ['export const = ;', /cannot be loaded: /],
  ])('is refused where it holds %s', async (code, message) => {
    await expect(load(code)).rejects.toMatchObject({
      code: 'SCENARIO_UNREADABLE',
      message: expect.stringMatching(message),
    });
  });
});
