import { z } from 'zod';
import { JsonObject } from '../../../domain/json.ts';

/** A line of a multi-turn file of BFCL: what the user says turn by turn, and the state that the classes start in. */
export const Task = z.object({
  id: z.string().min(1),
  /** By turn; a turn without messages gives the agent functions that it lacked before. */
  question: z.array(z.array(z.object({ role: z.string(), content: z.string() }))),
  initial_config: z.record(z.string(), JsonObject),
  involved_classes: z.array(z.string()).min(1),
  /** Functions that the agent gets only from a turn on. */
  missed_function: z.record(z.string(), z.array(z.string())).optional(),
});
export type Task = z.infer<typeof Task>;

/** A line of `possible_answer`: the calls that are right, by turn. An empty turn asks for none. */
export const Answer = z.object({ id: z.string().min(1), ground_truth: z.array(z.array(z.string())) });
export type Answer = z.infer<typeof Answer>;
