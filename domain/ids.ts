import { z } from 'zod';

/** 16 bytes as 32 lower-case hex digits, not all zero (W3C Trace Context). */
export const TraceId = z
  .string()
  .regex(/^(?!0{32})[0-9a-f]{32}$/, 'expected 32 lower-case hex digits, not all zero')
  .brand<'TraceId'>();
export type TraceId = z.infer<typeof TraceId>;

/** 8 bytes as 16 lower-case hex digits, not all zero (W3C Trace Context). Unique within its trace only. */
export const SpanId = z
  .string()
  .regex(/^(?!0{16})[0-9a-f]{16}$/, 'expected 16 lower-case hex digits, not all zero')
  .brand<'SpanId'>();
export type SpanId = z.infer<typeof SpanId>;

const slug = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;
const slugMessage = 'expected lower-case words of letters, digits, ".", "_" or "-", parted by "/"';

/** A path of lower-case words: `sdr/opt-out`. The first word is the pack. */
export const ScenarioId = z.string().max(200).regex(slug, slugMessage).brand<'ScenarioId'>();
export type ScenarioId = z.infer<typeof ScenarioId>;

/** A run of one build of an agent: `2026-11-22t17-03-11-4f2a`. */
export const RunId = z.string().max(100).regex(slug, slugMessage).brand<'RunId'>();
export type RunId = z.infer<typeof RunId>;

/** 24 hex digits derived from (run, scenario, index): the same trial of a resumed run keeps its id. */
export const TrialId = z
  .string()
  .regex(/^[0-9a-f]{24}$/, 'expected 24 lower-case hex digits')
  .brand<'TrialId'>();
export type TrialId = z.infer<typeof TrialId>;

/** A tenant: what is stored belongs to one, and no other sees it. */
export const ProjectId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected at most 63 lower-case letters, digits or "-"')
  .brand<'ProjectId'>();
export type ProjectId = z.infer<typeof ProjectId>;

/** Where everything belongs as long as no other project was made. */
export const DEFAULT_PROJECT = ProjectId.parse('default');
