import type { z } from 'zod';
import { AlertEvent } from '../../domain/alert.ts';
import { BusinessOutcome } from '../../domain/business-outcome.ts';
import { Condition } from '../../domain/condition.ts';
import { ControlledAgent, SentCommand } from '../../domain/control.ts';
import { Effect, EffectCall } from '../../domain/effect.ts';
import { Evidence, Interval, ScenarioRow } from '../../domain/evidence.ts';
import { Expectations } from '../../domain/expectations.ts';
import { ExpectedEffect, ForbiddenEffect } from '../../domain/expected-effect.ts';
import { Fault } from '../../domain/fault.ts';
import { Grant } from '../../domain/grant.ts';
import { RunId, ScenarioId, SpanId, TraceId, TrialId } from '../../domain/ids.ts';
import { Injection } from '../../domain/injection.ts';
import { Json, JsonObject } from '../../domain/json.ts';
import { LogRecord } from '../../domain/log-record.ts';
import { LoopFinding, LoopReport, Waste } from '../../domain/loop.ts';
import { Matcher } from '../../domain/matcher.ts';
import { Message } from '../../domain/message.ts';
import { Outcome } from '../../domain/outcome.ts';
import { Rate } from '../../domain/rate.ts';
import { Reference, ReferenceStep } from '../../domain/reference.ts';
import { Run, RunSummary } from '../../domain/run.ts';
import { Scenario } from '../../domain/scenario.ts';
import { Finding, Note, Score } from '../../domain/score.ts';
import { Span, SpanDetail, SpanPayload } from '../../domain/span.ts';
import { TraceSummary } from '../../domain/trace.ts';
import { TraceLoops } from '../../domain/trace-loops.ts';
import { Ending, Trial, TrialFigures, TrialSummary, Turn } from '../../domain/trial.ts';
import { Micros, NanoUsd } from '../../domain/units.ts';
import { Usage } from '../../domain/usage.ts';
import { User } from '../../domain/user.ts';
import { Verdict } from '../../domain/verdict.ts';
import { WorldSpec } from '../../domain/world-spec.ts';
import {
  DeletionShape,
  FacetShape,
  OutcomeCostsShape,
  OutcomeReportShape,
  ReplyCurveShape,
  RunComparisonShape,
  SentMessageShape,
  SpanChartShape,
  TraceStructureShape,
} from './shapes.ts';

/** Shapes that the description names once and refers to by these names: those of `domain/`. */
export const NAMED_SHAPES: Readonly<Record<string, z.ZodType>> = {
  AlertEvent,
  BusinessOutcome,
  Condition,
  ControlledAgent,
  Deletion: DeletionShape,
  Effect,
  EffectCall,
  Ending,
  Evidence,
  Expectations,
  ExpectedEffect,
  Facet: FacetShape,
  Fault,
  Finding,
  ForbiddenEffect,
  Grant,
  Injection,
  Interval,
  Json,
  JsonObject,
  LogRecord,
  LoopFinding,
  LoopReport,
  Matcher,
  Message,
  Micros,
  NanoUsd,
  Note,
  Outcome,
  OutcomeCosts: OutcomeCostsShape,
  OutcomeReport: OutcomeReportShape,
  Rate,
  Reference,
  ReferenceStep,
  ReplyCurve: ReplyCurveShape,
  Run,
  RunComparison: RunComparisonShape,
  RunId,
  RunSummary,
  Scenario,
  ScenarioId,
  ScenarioRow,
  Score,
  SentCommand,
  SentMessage: SentMessageShape,
  Span,
  SpanChart: SpanChartShape,
  SpanDetail,
  SpanId,
  SpanPayload,
  TraceId,
  TraceLoops,
  TraceStructure: TraceStructureShape,
  TraceSummary,
  Trial,
  TrialFigures,
  TrialId,
  TrialSummary,
  Turn,
  Usage,
  User,
  Verdict,
  Waste,
  WorldSpec,
};
