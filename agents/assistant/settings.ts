import { z } from 'zod';
import type { People } from '../genai/control.ts';
import {
  BaseUrl,
  ModelEnvironment,
  PeopleEnvironment,
  peopleOf,
  readEnvironment,
} from '../genai/environment.ts';
import type { Apis } from '../genai/tool.ts';
import { identity } from './identity.ts';

const modelName = z.string().min(1).optional();

/** The variables the assistant reads, under their names in the environment. */
const Environment = ModelEnvironment.extend({
  CALENDAR_URL: BaseUrl,
  CONTACTS_URL: BaseUrl,
  SMS_URL: BaseUrl,
  MAIL_URL: BaseUrl,
  WEBSEARCH_URL: BaseUrl,
  ...PeopleEnvironment.shape,
  ASSISTANT_ROUTER_MODEL: modelName,
  ASSISTANT_PICKER_MODEL: modelName,
  ASSISTANT_TEMPLATE_MODEL: modelName,
  ASSISTANT_PLANNER_MODEL: modelName,
  ASSISTANT_STEP_LIMIT: z.coerce.number().int().positive().default(15),
  LLM_CACHE_DIR: z.string().min(1).optional(),
});

/** Which model does which work. */
export type Roles = {
  /** Talks to the user and chooses who does it. */
  router: string;
  /** Foresees which tools a request takes that no template fits. */
  picker: string;
  /** Works by a template: its instructions are narrow. */
  template: string;
  /** Plans freely, with the tools that were foreseen. */
  planner: string;
};

export type Settings = {
  apis: Apis;
  openai: { baseURL: string; apiKey: string };
  roles: Roles;
  /** Where people are heard while work goes on. */
  people: People;
  /** Calls of the model after which one piece of work is cut short. */
  stepLimit: number;
  /** Where answers of the router and of the picker are kept; `null`: nowhere. */
  cacheFolder: string | null;
};

/** @throws Error that names each variable that is missing or not of its form. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const read = readEnvironment(identity.name, Environment, environment);
  const strong = read.OPENAI_MODEL;
  const small = read.OPENAI_SMALL_MODEL ?? strong;
  return {
    apis: {
      calendar: read.CALENDAR_URL,
      contacts: read.CONTACTS_URL,
      sms: read.SMS_URL,
      mail: read.MAIL_URL,
      websearch: read.WEBSEARCH_URL,
    },
    openai: { baseURL: read.OPENAI_BASE_URL, apiKey: read.OPENAI_API_KEY },
    roles: {
      router: read.ASSISTANT_ROUTER_MODEL ?? small,
      picker: read.ASSISTANT_PICKER_MODEL ?? small,
      template: read.ASSISTANT_TEMPLATE_MODEL ?? strong,
      planner: read.ASSISTANT_PLANNER_MODEL ?? strong,
    },
    people: peopleOf(read),
    stepLimit: read.ASSISTANT_STEP_LIMIT,
    cacheFolder: read.LLM_CACHE_DIR ?? null,
  };
}
