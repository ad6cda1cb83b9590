import { z } from 'zod';
import { BaseUrl, ModelEnvironment, readEnvironment } from '../genai/environment.ts';
import type { Apis } from '../genai/tool.ts';
import { identity } from './identity.ts';

const Environment = ModelEnvironment.extend({
  CALENDAR_URL: BaseUrl,
  CONTACTS_URL: BaseUrl,
  SMS_URL: BaseUrl,
  MAIL_URL: BaseUrl,
  WEBSEARCH_URL: BaseUrl,
  AUTOGPT_TASK_LIMIT: z.coerce.number().int().positive().default(10),
});

export type Settings = {
  apis: Apis;
  openai: { baseURL: string; apiKey: string };
  model: string;
  /** Tasks after which a run is cut short. */
  taskLimit: number;
};

/** @throws Error that names each variable that is missing or not of its form. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const read = readEnvironment(identity.name, Environment, environment);
  return {
    apis: {
      calendar: read.CALENDAR_URL,
      contacts: read.CONTACTS_URL,
      sms: read.SMS_URL,
      mail: read.MAIL_URL,
      websearch: read.WEBSEARCH_URL,
    },
    openai: { baseURL: read.OPENAI_BASE_URL, apiKey: read.OPENAI_API_KEY },
    model: read.OPENAI_MODEL,
    taskLimit: read.AUTOGPT_TASK_LIMIT,
  };
}
