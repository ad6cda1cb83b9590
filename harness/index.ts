/** What packs, the gate and the command may use of the harness. The only barrel. */

export type { Agent, AgentRequest, AgentResult } from './drivers/agent.ts';
export { sdrModels } from './model/sdr-policy.ts';
export type { ChatMessage, ChatMove, ChatRequest, SimulatedModel } from './model/simulated-model.ts';
export type { Pack } from './pack.ts';
export type { SpanSource, TrialSpans } from './runner/span-source.ts';
export { defineScenario, scenarioDigest } from './scenario/define-scenario.ts';
export { forbid, insert, remove, update } from './scenario/effects.ts';
export { any, anyText, exact, near, oneOf, pattern, setOf, within } from './scenario/matchers.ts';
export { readScenarios } from './scenario/read-scenarios.ts';
export type { Ending, Scorer, TrialRecord } from './scorers/scorer.ts';
export { type Door, openDoor } from './world/msw-door.ts';
export { randomStream } from './world/random.ts';
export type {
  Fixture,
  Operation,
  OperationContext,
  Reply,
  Service,
  Table,
  TableSpec,
} from './world/service.ts';
export { calendar } from './world/services/calendar.ts';
export { crm } from './world/services/crm.ts';
export { mail } from './world/services/mail.ts';
export { createWorld, type World, type WorldOptions } from './world/world.ts';
