import { z } from 'zod';
import { BaseUrl, ModelEnvironment, readEnvironment } from '../genai/environment.ts';
import type { Apis } from '../genai/tool.ts';
import { identity } from './identity.ts';

/** The variables Alice reads, under their names in the environment. */
const Environment = ModelEnvironment.extend({
  CRM_URL: BaseUrl,
  MAIL_URL: BaseUrl,
  CALENDAR_URL: BaseUrl,
  COMPANIES_URL: BaseUrl.optional(),
  LINKEDIN_URL: BaseUrl.optional(),
  SUPPRESSIONS_URL: BaseUrl.optional(),
  ALICE_TOOLS: z.coerce.number().int().positive().default(Number.MAX_SAFE_INTEGER),
  USER_URL: z.url().optional(),
  ALICE_RECURSION_LIMIT: z.coerce.number().int().positive().default(20),
});

export type Settings = {
  apis: Apis;
  /** `small` is for simple work; the same as `name` where no other is named. */
  model: { baseUrl: string; apiKey: string; name: string; small: string };
  /** Model calls after which a run is cut short. */
  recursionLimit: number;
  /** Tools that the model is offered at most. */
  mostTools: number;
  /** WebSocket address at which the user speaks while she works; `null`: the user does not. */
  userUrl: string | null;
};

/**
 * @param agent whose settings they are, for errors
 * @throws Error that names each variable that is missing or not of its form.
 */
export function readSettings(
  environment: Record<string, string | undefined>,
  agent: string = identity.name,
): Settings {
  const read = readEnvironment(agent, Environment, environment);
  return {
    apis: {
      crm: read.CRM_URL,
      mail: read.MAIL_URL,
      calendar: read.CALENDAR_URL,
      ...(read.COMPANIES_URL && { companies: read.COMPANIES_URL }),
      ...(read.LINKEDIN_URL && { linkedin: read.LINKEDIN_URL }),
      ...(read.SUPPRESSIONS_URL && { suppressions: read.SUPPRESSIONS_URL }),
    },
    model: {
      baseUrl: read.OPENAI_BASE_URL,
      apiKey: read.OPENAI_API_KEY,
      name: read.OPENAI_MODEL,
      small: read.OPENAI_SMALL_MODEL ?? read.OPENAI_MODEL,
    },
    recursionLimit: read.ALICE_RECURSION_LIMIT,
    mostTools: read.ALICE_TOOLS,
    userUrl: read.USER_URL ?? null,
  };
}
