import { z } from 'zod';
import type { People } from '../genai/control.ts';
import {
  BaseUrl,
  ModelEnvironment,
  PeopleEnvironment,
  peopleOf,
  readEnvironment,
} from '../genai/environment.ts';
import { type GrantWord, readGrantLines } from './grants.ts';
import { identity } from './identity.ts';
import type { Site } from './sites.ts';

const Switch = z.enum(['on', 'off']);

/** The variables that the browser reads beside the addresses of its sites. */
const Environment = ModelEnvironment.extend({
  /** Names of sites, each at `<NAME>_URL`. */
  BROWSER_SITES: z.string().default('shop,social,forge,cloud'),
  /** What may be read and written without asking: `shop read, write; cloud read`. */
  BROWSER_GRANTS: z.string().default(''),
  BROWSER_CRITIC: Switch.default('on'),
  BROWSER_CRITIC_MODEL: z.string().min(1).optional(),
  BROWSER_STEP_LIMIT: z.coerce.number().int().positive().default(60),
  ...PeopleEnvironment.shape,
});

/** Variables that hold for the whole process where a request brings none of its own. */
const OF_PROCESS = [
  'BROWSER_SITES',
  'BROWSER_GRANTS',
  'BROWSER_CRITIC',
  'BROWSER_CRITIC_MODEL',
  'BROWSER_STEP_LIMIT',
  'CONTROL_URL',
  'CONTROL_KEY',
];

export type Settings = {
  sites: Site[];
  grants: GrantWord[];
  model: { baseUrl: string; apiKey: string; name: string };
  /** The model that reviews; `null`: no review. */
  criticModel: string | null;
  /** Model calls after which a run is cut short; reviews do not count. */
  stepLimit: number;
  people: People;
};

/** @throws Error that names each variable that is missing or not of its form. */
export function readSettings(given: Record<string, string | undefined>): Settings {
  const environment = { ...ofProcess(), ...given };
  const read = readEnvironment(identity.name, Environment, environment);
  const sites = namesOf(read.BROWSER_SITES).flatMap((name): Site[] => {
    const url = environment[`${name.toUpperCase().replaceAll('-', '_')}_URL`];
    return url === undefined ? [] : [{ name, base: new URL(`${BaseUrl.parse(url)}/`) }];
  });
  if (sites.length === 0)
    throw new Error(`${identity.name} cannot start: no site of ${read.BROWSER_SITES} has a <NAME>_URL`);
  const lines = read.BROWSER_GRANTS.split(';').map((words) => `grant: ${words.trim()}`);
  return {
    sites,
    grants: readGrantLines(lines.join('\n')).words,
    model: { baseUrl: read.OPENAI_BASE_URL, apiKey: read.OPENAI_API_KEY, name: read.OPENAI_MODEL },
    criticModel: read.BROWSER_CRITIC === 'on' ? (read.BROWSER_CRITIC_MODEL ?? read.OPENAI_MODEL) : null,
    stepLimit: read.BROWSER_STEP_LIMIT,
    people: peopleOf(read),
  };
}

function ofProcess(): Record<string, string> {
  return Object.fromEntries(
    OF_PROCESS.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function namesOf(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
