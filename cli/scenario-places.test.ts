import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineScenario, fileOfPack, type ScenarioPlace } from '../harness/index.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { scenarioPlaces } from './scenario-places.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearse-places-'));
});
afterAll(() => rm(directory, { recursive: true }));

const lineOf = ({ file, line }: ScenarioPlace, base: string) =>
  readFileSync(join(base, file), 'utf8').split('\n')[line - 1];

describe('scenarioPlaces', () => {
  // In a process of its own: what a test runner makes of a file has other lines.
  it('finds each scenario of a pack of code where it is defined', async () => {
    const program = `
      import { scenarioPlaces } from './cli/scenario-places.ts';
      import { sdr } from './scenarios/sdr/pack.ts';
      console.log(JSON.stringify([...scenarioPlaces(sdr, 'sdr', process.cwd())]));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: root });
    const places = new Map<string, ScenarioPlace>(JSON.parse(stdout));
    expect([...places.keys()]).toEqual(sdr.scenarios.map(({ id }) => id));
    for (const place of places.values()) {
      expect(place.file).toMatch(/^scenarios\/sdr\/[\w-]+\.scenario\.ts$/);
      expect(lineOf(place, root)).toMatch(/\b(defineScenario|situation)\(\{$/);
    }
  });

  it.each([
    ['a pack file', (scenarios: typeof sdr.scenarios) => fileOfPack({ ...sdr, scenarios })],
    ['a list', (scenarios: typeof sdr.scenarios) => scenarios],
    ['one scenario', (scenarios: typeof sdr.scenarios) => scenarios[0]],
  ])('finds them in %s', async (_, fileOf) => {
    const file = join(directory, 'some.json');
    const text = JSON.stringify(fileOf(sdr.scenarios.slice(0, 2)), null, 2);
    await writeFile(file, text);
    const scenarios = sdr.scenarios.slice(0, text.includes(sdr.scenarios[1]?.id ?? '') ? 2 : 1);
    const places = scenarioPlaces({ scenarios }, file, directory);
    expect(places.size).toBe(scenarios.length);
    for (const [id, place] of places) {
      expect(place.file).toBe('some.json');
      expect(lineOf(place, directory)).toMatch(new RegExp(`^ +"id": "${id}",$`));
    }
  });

  it('finds a scenario that a function beside the test makes at the caller', () => {
    const make = (id: string) =>
      defineScenario({
        id,
        title: 'One of a family',
        world: { now: '2026-03-02T09:00:00Z', services: ['mail'] },
        start: { message: 'Go.' },
        expect: {},
      });
    const scenario = make('desk/one');
    expect(scenarioPlaces({ scenarios: [scenario] }, 'desk', root).get(scenario.id)).toMatchObject({
      file: 'cli/scenario-places.test.ts',
    });
    expect(scenarioPlaces({ scenarios: [{ ...scenario }] }, 'desk', root).size).toBe(0);
  });
});
