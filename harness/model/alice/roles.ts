import type { ChatRequest, Policy, SimulatedModel } from '../simulated-model.ts';
import { audience } from './audience.ts';
import { positioning } from './positioning.ts';
import { researcher } from './researcher.ts';
import { step } from './steps.ts';
import { supervisor } from './supervisor.ts';
import { writer } from './writer.ts';

/** A part in a team of agents: how it is played, given how somebody would act who works alone. */
export type Role = (alone: Policy) => Policy;

/** By the words with which a system prompt gives the part out. */
const ROLES: readonly (readonly [opening: RegExp, role: Role])[] = [
  [/^You are the supervisor of Alice's team\b/, supervisor],
  [/^You are the researcher of Alice's team\b/, researcher],
  [/^You write positioning reports for Alice's (?:team|workflow)\b/, positioning],
  [/^You are the (?:email|LinkedIn) writer of Alice's team\b/, writer],
  [/^You read requests for Alice's campaign tool\b/, audience],
  [/^You are the step \w+ of Alice's workflow\b/, step],
];

/**
 * Lets a simulated model play the parts of a team too: it knows its part by the system prompt, and judges as it would
 * alone over what its briefing tells.
 */
export function inRoles(model: SimulatedModel): SimulatedModel {
  return {
    ...model,
    move(request, random) {
      const role = ROLES.find(([opening]) => opening.test(systemPrompt(request)))?.[1];
      return role ? role(model.move)(request, random) : model.move(request, random);
    },
  };
}

function systemPrompt({ messages }: ChatRequest): string {
  return messages.find(({ role }) => role === 'system' || role === 'developer')?.content ?? '';
}
