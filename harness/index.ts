/** What packs, the gate, the command and importers may use of the harness. The only barrel. */

export { type Draft, draftOfTrace } from './capture/draft-of-trace.ts';
export { writeCaptured } from './capture/write-captured.ts';
export { type Complaint, fieldName } from './doctor/complaint.ts';
export { EXAMINATIONS, type Examined } from './doctor/examine.ts';
export { examineDraft } from './doctor/examine-draft.ts';
export type { Agent, AgentRequest, AgentResult } from './drivers/agent.ts';
export { httpAgent } from './drivers/http-agent.ts';
export { type AgentEntry, inProcess } from './drivers/in-process.ts';
export { subprocessAgent } from './drivers/subprocess-agent.ts';
export { importBfcl } from './import/bfcl/import-bfcl.ts';
export type { Imported } from './import/imported.ts';
export { importTau2 } from './import/tau2/import-tau2.ts';
export { assistantModel } from './model/assistant-policy.ts';
export { autogptModel } from './model/autogpt-policy.ts';
export { browserModels } from './model/browser-policy.ts';
export { CASSETTE_MODES, type Cassette, openCassette } from './model/cassette/cassette.ts';
export { julianModel } from './model/julian-policy.ts';
export type { ModelCall, PriceOf } from './model/model-call.ts';
export { findSimulatedModel } from './model/plant-faults.ts';
export { createRealModel, type RealModel } from './model/real-model.ts';
export { repoBotModels } from './model/repo-bot-policy.ts';
export { ModelScript, scriptedModel } from './model/scripted-model.ts';
export { sdrModels } from './model/sdr-policy.ts';
export type { ChatMessage, ChatMove, ChatRequest, SimulatedModel } from './model/simulated-model.ts';
export { type AskUpstream, directUpstream, type Upstream } from './model/upstream.ts';
export type { Pack } from './pack.ts';
export { draftOfFile, fileOfPack, isPackFile, packOfFile } from './pack-file.ts';
export type { ProspectEvent } from './prospect/answer.ts';
export { type Campaign, type CampaignEvent, type CampaignLead, playCampaign } from './prospect/campaign.ts';
export { PROSPECT_PARAMETERS, type ProspectParameters } from './prospect/prospect-parameters.ts';
export { type JudgedMutant, judgeMutants } from './reference/judge-mutants.ts';
export { type Played, playSteps } from './reference/play-steps.ts';
export { referenceAgent } from './reference/reference-agent.ts';
export { checkPack } from './runner/check-pack.ts';
export { memorySpans } from './runner/memory-spans.ts';
export { createProgress, type Progress } from './runner/progress.ts';
export {
  openResults,
  type Results,
  type ResultsWriter,
  readResults,
  readTrials,
} from './runner/results-file.ts';
export { openBudget } from './runner/run-budget.ts';
export { type Lane, type LanesEnd, runLanes, type Tally } from './runner/run-lanes.ts';
export { type RunTrialsOptions, runTrials } from './runner/run-trials.ts';
export { scoreStored } from './runner/score-stored.ts';
export { type Play, serveTrials } from './runner/serve-trials.ts';
export type { SpanSource, TrialSpans } from './runner/span-source.ts';
export { openStage } from './runner/stage.ts';
export { adaptiveThrottle, fixedThrottle } from './runner/throttle.ts';
export { factsOf } from './runner/trial-facts.ts';
export { countOf, type TrialCounts, trialIdOf } from './runner/trial-plan.ts';
export { openWorkerPool } from './runner/worker-pool.ts';
export { defineScenario, scenarioDigest } from './scenario/define-scenario.ts';
export { forbid, insert, remove, update } from './scenario/effects.ts';
export { fault } from './scenario/faults.ts';
export { inject, slot } from './scenario/injections.ts';
export { type Place, placeInJson } from './scenario/json-place.ts';
export { any, anyText, exact, id, near, noneOf, oneOf, pattern, setOf, within } from './scenario/matchers.ts';
export { readScenarioJson, readScenarios, scenariosOf } from './scenario/read-scenarios.ts';
export { placeOfScenario, type ScenarioPlace } from './scenario/scenario-place.ts';
export { call, say } from './scenario/steps.ts';
export { SCORERS, scoreTrial } from './scorers/score-trial.ts';
export type { PackCheck, Scorer, ScoringPack, TrialRecord } from './scorers/scorer.ts';
export {
  importTauAirline,
  type ReplayedTrial,
  replayAgent,
  summarise,
  summaryLine,
} from './world/airline/tau-airline.ts';
export { defineOperation } from './world/define-operation.ts';
export type { Door } from './world/door.ts';
export { type Gateway, openGateway } from './world/gateway.ts';
export { openDoor } from './world/msw-door.ts';
export { openApiDescription } from './world/openapi.ts';
export { randomStream } from './world/random.ts';
export { RefusalBody } from './world/refusal.ts';
export type {
  Fixture,
  Operation,
  OperationContext,
  OperationRequest,
  Reply,
  Service,
  Table,
  TableSpec,
} from './world/service.ts';
export { SERVICES } from './world/services/built-in.ts';
export { calendar } from './world/services/calendar.ts';
export { codeHost } from './world/services/code-host.ts';
export { companies } from './world/services/companies.ts';
export { contacts } from './world/services/contacts.ts';
export { crm } from './world/services/crm.ts';
export { linkedin } from './world/services/linkedin.ts';
export { mail } from './world/services/mail.ts';
export { sms } from './world/services/sms.ts';
export { suppressions } from './world/services/suppressions.ts';
export { telephony } from './world/services/telephony.ts';
export { webSearch } from './world/services/websearch.ts';
export { SITES } from './world/sites/sites.ts';
export { createWorld, type World, type WorldOptions } from './world/world.ts';
