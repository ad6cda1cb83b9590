/** What a person can ask of an agent at work. Plain data: the dashboard bundles it without zod. */
export const CONTROL_COMMANDS = ['pause', 'resume', 'stop', 'override', 'feedback'] as const;
export type ControlCommand = (typeof CONTROL_COMMANDS)[number];

/** Characters of what a person says to an agent. */
export const MOST_CONTROL_TEXT = 8000;

/**
 * `waiting`: the agent is not connected now. `sent`: it has said nothing yet. `accepted`: it will do it at its next step.
 * `lost`: the agent went away before it was done.
 */
export const COMMAND_STATES = ['waiting', 'sent', 'accepted', 'done', 'refused', 'lost'] as const;
export type CommandState = (typeof COMMAND_STATES)[number];

export function isPending({ state }: { state: CommandState }): boolean {
  return state === 'waiting' || state === 'sent' || state === 'accepted';
}
