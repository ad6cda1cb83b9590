import { z } from 'zod';
import { patternCost, UnboundedPattern } from './pattern-cost.ts';

/** The rules that come with Rehearse, in the order in which they are applied. */
export const BUILT_IN_NAMES = [
  'credentials',
  'private-keys',
  'api-keys',
  'tokens',
  'card-numbers',
  'emails',
  'phone-numbers',
] as const;

/** Attributes that were dropped are counted under this name. */
export const DROPPED_ATTRIBUTES = 'dropped-attributes';

/** Characters that a pattern may look at from one place of a text, at most: what it costs is this times the text. */
const MOST_STEPS = 1000;

const reserved = new Set<string>([...BUILT_IN_NAMES, DROPPED_ATTRIBUTES]);

const CustomRule = z.strictObject({
  /** Of the counts and of the marker; lower-case words joined by hyphens. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, 'expected lower-case words joined by hyphens')
    .refine((name) => !reserved.has(name), 'expected a name that no built-in rule has'),
  /** A JavaScript regular expression (flag `u`) in which every repetition has an upper bound. */
  pattern: z.string().min(1).max(1000).superRefine(checkPattern),
  /** What to put in the place of a match; default `[redacted:<name>]`. */
  replacement: z
    .string()
    .max(200)
    .regex(/^[^"\\\p{Cc}]*$/u, 'expected no quotes, backslashes and control characters: JSON must stay JSON')
    .optional(),
  /** Whether case is ignored. */
  ignoreCase: z.boolean().default(false),
});

const Settings = z.strictObject({
  /** Which built-in rules are applied. All but `phone-numbers` unless switched off. */
  rules: z
    .strictObject({
      /** Values of names like `password`, `api_key`, `authorization`; passwords in addresses. */
      credentials: z.boolean().default(true),
      /** PEM and PGP. */
      'private-keys': z.boolean().default(true),
      /** Keys with a known prefix: OpenAI, Anthropic, AWS, Google, GitHub, Stripe, Slack and others. */
      'api-keys': z.boolean().default(true),
      /** JSON Web Tokens, what follows `Bearer` and `Basic`. */
      tokens: z.boolean().default(true),
      /** Payment cards, by issuer, length and check digit. */
      'card-numbers': z.boolean().default(true),
      emails: z.boolean().default(true),
      /** In international form, with `+`. */
      'phone-numbers': z.boolean().default(false),
    })
    .prefault({}),
  /** Rules of your own, applied before the built-in ones, in this order. */
  custom: z
    .array(CustomRule)
    .max(50)
    .refine(
      (rules) => new Set(rules.map(({ name }) => name)).size === rules.length,
      'expected distinct names',
    )
    .default([]),
  /** Keys of attributes to leave out whole; with `*` at the end, all keys that begin so. */
  dropAttributes: z
    .array(
      z
        .string()
        .regex(/^[^*]{3,}\*?$/, 'expected a key, or the beginning of one and *: three characters or more'),
    )
    .max(1000)
    .default([]),
});

/** What is taken out of spans, logs and metrics before they are stored. `default`: the rules that are on by default. */
export const RedactionConfig = z
  .union([z.literal('off'), z.literal('default').transform(() => Settings.parse({})), Settings], {
    error: ({ input }) => `expected "off", "default" or an object, got ${JSON.stringify(input)}`,
  })
  .default('off');
export type RedactionConfig = z.output<typeof RedactionConfig>;
export type RedactionSettings = z.output<typeof Settings>;
export type CustomRule = z.output<typeof CustomRule>;

function checkPattern(pattern: string, context: z.RefinementCtx<string>): void {
  const problem = problemOf(pattern);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
}

function problemOf(pattern: string): string | null {
  try {
    new RegExp(pattern, 'u');
    const { steps, shortest } = patternCost(pattern);
    if (shortest === 0) return 'expected a pattern that takes a character at least';
    if (steps <= MOST_STEPS) return null;
    return `expected at most ${MOST_STEPS} characters to try from one place, got ${steps}: lower the upper bounds of the repetitions`;
  } catch (error) {
    if (error instanceof UnboundedPattern) return `expected a bounded pattern, got ${error.message}`;
    return `expected a regular expression: ${error instanceof Error ? error.message : error}`;
  }
}
