import { z } from 'zod';
import {
  COMMAND_STATES,
  CONTROL_COMMANDS,
  type ControlCommand,
  MOST_CONTROL_TEXT,
} from './control-command.ts';

/** Of an agent's connection, an id that it makes up, and of a command, one that its sender may make up. */
const ControlId = z.string().regex(/^[\w-]{8,64}$/, 'expected 8 to 64 letters, digits, - or _');

const said = z.string().trim().min(1).max(MOST_CONTROL_TEXT);

/** `POST /api/control/:session/commands`. The same id again is the same command. */
export const CommandRequest = z.discriminatedUnion('command', [
  z.strictObject({ command: z.enum(['pause', 'resume', 'stop']), id: ControlId.optional() }),
  z.strictObject({ command: z.enum(['override', 'feedback']), id: ControlId.optional(), text: said }),
]);
export type CommandRequest = z.infer<typeof CommandRequest>;

/** A command, and what has become of it. Times in epoch milliseconds. */
export const SentCommand = z.object({
  id: z.string(),
  command: z.enum(CONTROL_COMMANDS),
  /** `null` where the command says all. */
  text: z.string().nullable(),
  /** Who asked (`person:ann@example.com`, `key:Xk29aQp1`, `local`); `null` where nobody has to say who they are. */
  by: z.string().nullable(),
  at: z.int(),
  state: z.enum(COMMAND_STATES),
  /** Since when it is in that state. */
  since: z.int(),
  /** Why it was refused or lost. */
  reason: z.string().nullable(),
});
export type SentCommand = z.infer<typeof SentCommand>;

const label = z.string().trim().min(1).max(200);

/** The first frame of an agent, and again where something of it changes: who it is and what it works on. */
export const Hello = z.looseObject({
  type: z.literal('hello'),
  /** The same after a break of the connection: what was asked meanwhile then comes. */
  session: ControlId,
  agent: label,
  version: label.nullish(),
  run: label.nullish(),
  conversation: label.nullish(),
  /** It came back paused. */
  paused: z.boolean().nullish(),
  /** The trace id of its work. */
  trace: z
    .string()
    .regex(/^(?!0{32}$)[0-9a-f]{32}$/, 'expected 32 digits of lower-case hex, not all 0')
    .nullish(),
});
export type Hello = z.infer<typeof Hello>;

/** What became of a command, as its agent says. */
const Ack = z.looseObject({
  type: z.literal('ack'),
  id: z.string().max(64),
  state: z.enum(['accepted', 'done', 'refused']),
  reason: z.string().max(500).nullish(),
});

/** Frames of an agent. `bye`: its work is over, and it will not come back. */
export const AgentFrame = z.discriminatedUnion('type', [
  Hello,
  Ack,
  z.looseObject({ type: z.literal('say'), text: z.string().max(MOST_CONTROL_TEXT) }),
  z.looseObject({ type: z.literal('delta') }),
  z.looseObject({ type: z.literal('bye') }),
]);
export type AgentFrame = z.infer<typeof AgentFrame>;

/** Frames to an agent. What a person says comes in the form that a rehearsed user speaks in, too. */
export type ControlFrame =
  | { type: 'message'; id: string; text: string; at: string }
  | { type: 'command'; id: string; command: Exclude<ControlCommand, 'feedback'>; text?: string; at: string }
  | { type: 'error'; message: string };

/** An agent that has a connection, or had one a moment ago. Times in epoch milliseconds. */
export const ControlledAgent = z.object({
  session: z.string(),
  agent: z.string(),
  version: z.string().nullable(),
  runId: z.string().nullable(),
  conversation: z.string().nullable(),
  traceId: z.string().nullable(),
  /** `away`: it may come back. `over`: it has said that its work is over, or stayed away too long. */
  connection: z.enum(['connected', 'away', 'over']),
  /** Since when the connection is so. */
  since: z.int(),
  /** Whether its last word was that it is paused. */
  paused: z.boolean(),
  /** What it said last to whoever listens. */
  said: z.string().nullable(),
  /** The latest of them, oldest first. */
  commands: z.array(SentCommand),
});
export type ControlledAgent = z.infer<typeof ControlledAgent>;
