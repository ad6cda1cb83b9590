import { z } from 'zod';
import type { DataClass } from '../store/tables.ts';

/** Whole days, or for ever. */
const Age = z.union([z.int().min(1).max(36_500), z.literal('forever')], {
  error: 'expected days, at least 1, or "forever"',
});

const ages = {
  /** The text of spans: attributes, messages, events. No older than the spans themselves. */
  payloads: Age.optional(),
  spans: Age.optional(),
  logs: Age.optional(),
  metrics: Age.optional(),
  outcomes: Age.optional(),
  /** Runs with their trials. */
  runs: Age.optional(),
} satisfies Record<DataClass, z.ZodType>;

/** How long data is kept, in days, by class; what is left out is kept for ever. A project may differ in some. */
export const RetentionConfig = z
  .strictObject({ ...ages, projects: z.record(z.string(), z.strictObject(ages)).default({}) })
  .default({ projects: {} });
export type RetentionConfig = z.output<typeof RetentionConfig>;

/** Up to which moment a class is past its age, in seconds since the epoch: of projects that differ, and of the others. */
export type Cutoffs = { projects: string[]; cutoffs: number[]; otherwise: number };

const daySeconds = 86_400;

/**
 * What of a class is past its age at a time. It is the beginning of a day: what happened on one day goes together, and
 * whole hours do.
 *
 * @param now milliseconds since the epoch
 * @returns `null` where nothing ever is
 */
export function cutoffsOf(config: RetentionConfig, ages: DataClass, now: number): Cutoffs | null {
  const cutoffOf = (days: number | null) =>
    days === null ? 0 : Math.max(0, Math.floor(now / 1000 / daySeconds - days) * daySeconds);
  const projects = Object.keys(config.projects);
  const cutoffs = projects.map((project) => cutoffOf(daysOf(config, ages, project)));
  const otherwise = cutoffOf(daysOf(config, ages, null));
  return [...cutoffs, otherwise].every((cutoff) => cutoff === 0) ? null : { projects, cutoffs, otherwise };
}

/** `null` is for ever. Text without its span could not be found. */
function daysOf(config: RetentionConfig, ages: DataClass, project: string | null): number | null {
  const own = project === null ? {} : (config.projects[project] ?? {});
  const days = own[ages] ?? config[ages];
  const told = typeof days === 'number' ? days : null;
  if (ages !== 'payloads') return told;
  const spans = daysOf(config, 'spans', project);
  return told === null ? spans : Math.min(told, spans ?? told);
}
