import { join } from 'node:path';
import { z } from 'zod';
import { BaseUrl, ModelEnvironment, readEnvironment } from '../genai/environment.ts';
import type { Apis } from '../genai/tool.ts';
import { identity } from './identity.ts';

/** `on` or `off` */
const Switch = z
  .enum(['on', 'off'])
  .default('on')
  .transform((value) => value === 'on');

/** The variables the bot reads, under their names in the environment. */
const Environment = ModelEnvironment.extend({
  CODE_HOST_URL: BaseUrl,
  CODE_HOST_TOKEN: z.string().min(1).optional(),
  REPO_BOT_INDEXES: z
    .string()
    .min(1)
    .default(join(import.meta.dirname, 'indexes')),
  REPO_BOT_HYDE: Switch,
  REPO_BOT_QUESTIONS: Switch,
  REPO_BOT_WHERE: Switch,
});

export type Settings = {
  apis: Apis;
  /** Sent to the code host. */
  headers: Record<string, string>;
  model: { baseUrl: string; apiKey: string; name: string; small: string };
  /** The folder of the indexes that were made ahead. */
  indexes: string;
  /** What the search draws upon beside the text. */
  sources: { hyde: boolean; questions: boolean; where: boolean };
};

/** @throws Error that names each variable that is missing or not of its form. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const read = readEnvironment(identity.name, Environment, environment);
  return {
    apis: { 'code host': read.CODE_HOST_URL },
    headers: read.CODE_HOST_TOKEN === undefined ? {} : { authorization: `Bearer ${read.CODE_HOST_TOKEN}` },
    model: {
      baseUrl: read.OPENAI_BASE_URL,
      apiKey: read.OPENAI_API_KEY,
      name: read.OPENAI_MODEL,
      small: read.OPENAI_SMALL_MODEL ?? read.OPENAI_MODEL,
    },
    indexes: read.REPO_BOT_INDEXES,
    sources: { hyde: read.REPO_BOT_HYDE, questions: read.REPO_BOT_QUESTIONS, where: read.REPO_BOT_WHERE },
  };
}
