import { z } from 'zod';
import { Condition } from './condition.ts';

const Speech = z.strictObject({ when: Condition, say: z.string().min(1) });

/**
 * Who talks to the agent after the first message. Each answer of a waiting agent may be followed by a turn of the user;
 * what is said while the agent works reaches it over its feedback channel.
 */
export const User = z.discriminatedUnion('kind', [
  /** Says nothing more. */
  z.strictObject({ kind: z.literal('silent') }),
  /** Says each text once, as soon as its condition holds, in this order. */
  z.strictObject({
    kind: z.literal('script'),
    turns: z.array(Speech).min(1),
    /** The conversation is over when this holds. Default: when the script is said and the agent has answered. */
    until: Condition.optional(),
  }),
  /** In a state, the first rule whose condition holds says its text and leads to the next state. */
  z
    .strictObject({
      kind: z.literal('machine'),
      start: z.string(),
      /** A state without rules is an end. */
      states: z.record(
        z.string(),
        z.strictObject({
          rules: z.array(Speech.extend({ say: Speech.shape.say.optional(), to: z.string() })),
        }),
      ),
      /** The conversation ends after so many turns of the user. */
      maxTurns: z.int().positive().default(10),
    })
    .superRefine(({ start, states }, context) => {
      const expected = `expected a state, one of ${Object.keys(states).join(', ')}`;
      const check = (name: string, path: (string | number)[]) => {
        if (!Object.hasOwn(states, name))
          context.addIssue({ code: 'custom', path, message: `${expected}, got "${name}"` });
      };
      check(start, ['start']);
      for (const [name, { rules }] of Object.entries(states))
        for (const [index, { to }] of rules.entries()) check(to, ['states', name, 'rules', index, 'to']);
    }),
  /** Played by a model behind the user's own OPENAI_BASE_URL: for capability suites, not for a gate. */
  z.strictObject({
    kind: z.literal('model'),
    persona: z.string(),
    goal: z.string(),
    maxTurns: z.int().positive().default(10),
  }),
]);
export type User = z.infer<typeof User>;
