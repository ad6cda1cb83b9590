import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../ci/gate-policy.ts';
import { loadGatePolicy } from './gate-config.ts';

const directory = mkdtempSync(join(tmpdir(), 'rehearse-gate-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function config(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

describe('loadGatePolicy', () => {
  it('fills in what is left out, beside what the collector reads', async () => {
    const file = config(
      'a.json',
      '{ "redaction": "off", "gate": { "margin": 0.2, "limits": { "cost": null } } }',
    );
    const limits = { ...DEFAULT_POLICY.limits, cost: null };
    expect(await loadGatePolicy(file)).toEqual({ ...DEFAULT_POLICY, margin: 0.2, limits });
    expect(await loadGatePolicy(config('none.json', '{}'))).toEqual(DEFAULT_POLICY);
  });

  it('reads a module', async () => {
    const file = config('b.ts', "export default { gate: { inconclusive: 'fail' as const } };");
    expect(await loadGatePolicy(file)).toMatchObject({ inconclusive: 'fail' });
  });

  it.each([
    ['c.json', '{ "gate": { "margin": 2 } }', /c\.json: gate\.margin: .*<=1/],
    ['d.json', '{ "gate": { "margn": 0.1 } }', /d\.json: gate: .*margn/],
    ['e.json', '{ gate', /e\.json: expected JSON/],
    ['f.ts', 'export const gate = {};', /f\.ts: expected a default export/],
    ['g.ts', 'throw new Error("no");', /g\.ts: cannot be loaded: no/],
  ])('says what is wrong in %s', async (name, text, message) => {
    const file = config(name, text);
    await expect(loadGatePolicy(file)).rejects.toThrow(message);
    await expect(loadGatePolicy(file)).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE', exit: 2 });
  });
});
