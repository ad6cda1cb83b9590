import { z } from 'zod';

/** The variables Alice reads, under their names in the environment. */
const Environment = z.object({
  CRM_URL: z.url(),
  MAIL_URL: z.url(),
  CALENDAR_URL: z.url(),
  OPENAI_BASE_URL: z.url().default('https://api.openai.com/v1'),
  OPENAI_API_KEY: z.string().min(1),
  OPENAI_MODEL: z.string().min(1),
  ALICE_RECURSION_LIMIT: z.coerce.number().int().positive().default(20),
});

export type Settings = {
  /** Base URLs without a slash at the end. */
  apis: { crm: string; mail: string; calendar: string };
  model: { baseUrl: string; apiKey: string; name: string };
  /** Model calls after which a run is cut short. */
  recursionLimit: number;
};

/** @throws Error that names each variable that is missing or not of its form. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`alice-react cannot start: ${wrong.join('; ')}`);
  }
  const { data } = parsed;
  return {
    apis: {
      crm: trimSlash(data.CRM_URL),
      mail: trimSlash(data.MAIL_URL),
      calendar: trimSlash(data.CALENDAR_URL),
    },
    model: { baseUrl: trimSlash(data.OPENAI_BASE_URL), apiKey: data.OPENAI_API_KEY, name: data.OPENAI_MODEL },
    recursionLimit: data.ALICE_RECURSION_LIMIT,
  };
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
