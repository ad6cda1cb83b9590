import { z } from 'zod';
import { JsonObject } from '../../../domain/json.ts';

const text = z.string();

/** A call of a tool as a task has it: of the agent (`assistant`), or of the simulated user in dual-control domains. */
const Action = z.object({
  action_id: text.optional(),
  requestor: z.enum(['assistant', 'user']).default('assistant'),
  name: text,
  arguments: JsonObject.default({}),
});

const Instructions = z.union([
  text,
  z.object({
    domain: text.nullish(),
    reason_for_call: text.nullish(),
    known_info: text.nullish(),
    unknown_info: text.nullish(),
    task_instructions: text.nullish(),
  }),
]);
export type Instructions = z.infer<typeof Instructions>;

/** A task of tau2-bench's `tasks.json`, as far as it decides anything; further fields are let through unread. */
export const Task = z.object({
  id: z.union([text, z.int()]).transform(String),
  user_scenario: z.object({ persona: text.nullish(), instructions: Instructions }),
  initial_state: z
    .object({
      initialization_data: z
        .object({ agent_data: JsonObject.nullish(), user_data: JsonObject.nullish() })
        .nullish(),
      initialization_actions: z.array(z.json()).nullish(),
      message_history: z.array(z.json()).nullish(),
    })
    .nullish(),
  evaluation_criteria: z
    .object({
      actions: z.array(Action).nullish(),
      communicate_info: z.array(text.min(1)).nullish(),
      nl_assertions: z.array(text).nullish(),
      env_assertions: z.array(z.json()).nullish(),
      reward_basis: z.array(text).default(['DB', 'COMMUNICATE']),
    })
    .nullish(),
});
export type Task = z.infer<typeof Task>;
