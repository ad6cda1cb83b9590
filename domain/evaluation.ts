import { z } from 'zod';

/** Who judged: a model, a person, a program; `null` where the emitter does not say. */
export const EVALUATORS = ['model', 'person', 'program'] as const;

/** What somebody else's evaluator said of a span, as its emitter sent it. It may have a score, a label, or both. */
export const Evaluation = z.object({
  name: z.string(),
  /** In the evaluator's own unit. */
  score: z.number().nullable(),
  /** `pass`, `relevant`, ... */
  label: z.string().nullable(),
  explanation: z.string().nullable(),
  evaluator: z.enum(EVALUATORS).nullable(),
  /** Why there is no judgement (`timeout`); `null` where there is one. */
  errorType: z.string().nullable(),
  /** What was judged: the span alone, or the whole that it stands for. */
  subject: z.enum(['span', 'trace', 'session']),
});
export type Evaluation = z.infer<typeof Evaluation>;
