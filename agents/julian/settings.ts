import { z } from 'zod';
import { BaseUrl, ModelEnvironment, readEnvironment } from '../genai/environment.ts';
import type { Apis } from '../genai/tool.ts';
import { identity } from './identity.ts';

const Environment = ModelEnvironment.extend({
  TELEPHONY_URL: BaseUrl,
  CALENDAR_URL: BaseUrl,
  JULIAN_TURN_LIMIT: z.coerce.number().int().positive().default(20),
});

export type Settings = {
  apis: Apis;
  openai: { baseURL: string; apiKey: string };
  model: string;
  /** Calls of the model after which a call is ended. */
  turnLimit: number;
};

/** @throws Error that names each variable that is missing or not of its form. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const read = readEnvironment(identity.name, Environment, environment);
  return {
    apis: { telephony: read.TELEPHONY_URL, calendar: read.CALENDAR_URL },
    openai: { baseURL: read.OPENAI_BASE_URL, apiKey: read.OPENAI_API_KEY },
    model: read.OPENAI_MODEL,
    turnLimit: read.JULIAN_TURN_LIMIT,
  };
}
