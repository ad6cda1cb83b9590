import { z } from 'zod';
import { AlertRule } from '../../domain/alert.ts';

/** A text, or the name of the environment variable that holds it: addresses and secrets need not lie in a file. */
const Secret = z
  .union([z.string().min(1), z.strictObject({ env: z.string().min(1) })])
  .transform((secret, c) => {
    if (typeof secret === 'string') return secret;
    const value = process.env[secret.env];
    if (value) return value;
    c.addIssue({ code: 'custom', message: `expected the variable ${secret.env} to be set` });
    return z.NEVER;
  });

export const WebhookConfig = z.strictObject({
  url: Secret.pipe(z.url({ protocol: /^https?$/, error: 'expected an http or https URL' })),
  /** Signs each request. */
  secret: Secret.optional(),
});
export type WebhookConfig = z.output<typeof WebhookConfig>;

/** `alerts` of the configuration. */
export const AlertsConfig = z
  .strictObject({
    /** Seconds between two evaluations. */
    every: z.int().min(5).max(3600).default(60),
    webhook: WebhookConfig.optional(),
    rules: z.array(AlertRule).max(100).default([]),
  })
  .superRefine(({ rules }, c) => {
    const twice = rules.findIndex(({ name }, at) => rules.findIndex((one) => one.name === name) < at);
    if (twice >= 0) {
      c.addIssue({ code: 'custom', path: ['rules', twice, 'name'], message: 'expected a name of its own' });
    }
  });
export type AlertsConfig = z.output<typeof AlertsConfig>;
