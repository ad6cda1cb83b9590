import { z } from 'zod';
import { Row } from '../domain/effect.ts';
import { AppError } from '../domain/errors.ts';
import { schemaProblem } from '../domain/field-problem.ts';
import type { Pack } from './pack.ts';
import { parseScenario } from './scenario/define-scenario.ts';
import type { Service } from './world/service.ts';

/** A pack as data: what an import or a capture writes and a run reads. Its services are named, its models left out. */
export const PackFile = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1),
  services: z.array(z.string()).min(1),
  fixtures: z.record(z.string(), z.record(z.string(), z.array(Row))),
  /** Checked one by one, so that an error names the scenario. */
  scenarios: z.array(z.unknown()).min(1),
});
export type PackFile = z.infer<typeof PackFile>;

/** Whether a JSON value means to be a pack, and not a scenario or a list of them. */
export function isPackFile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'scenarios' in value;
}

/**
 * @param services those there are
 * @throws AppError SCENARIO_UNREADABLE for a field of another shape, FIXTURE_UNKNOWN for a service that is not there
 */
export function packOfFile(value: unknown, source: string, services: readonly Service[]): Pack {
  const { pack, drafts } = draftOfFile(value, source, services);
  const scenarios = drafts.map((draft, index) => parseScenario(draft, `${source}: scenarios[${index}]`));
  return { ...pack, scenarios };
}

/** As `packOfFile`, with its scenarios as they were written. */
export function draftOfFile(
  value: unknown,
  source: string,
  services: readonly Service[],
): { pack: Pack; drafts: unknown[] } {
  const read = PackFile.safeParse(value);
  if (!read.success) {
    throw new AppError('SCENARIO_UNREADABLE', `${source}: ${schemaProblem(read.error, value)}`);
  }
  const { name, fixtures, scenarios: drafts } = read.data;
  const named = read.data.services.map((wanted) => {
    const found = services.find((service) => service.name === wanted);
    if (found) return found;
    const names = services.map((service) => service.name).join(', ');
    throw new AppError('FIXTURE_UNKNOWN', `${source}: expected services of ${names}, got "${wanted}"`);
  });
  return { pack: { name, fixtures, models: [], scenarios: [], services: named }, drafts };
}

export function fileOfPack({ name, services, fixtures, scenarios }: Pack): PackFile {
  return {
    version: 1,
    name,
    services: services.map((service) => service.name),
    fixtures: fixtures as PackFile['fixtures'],
    scenarios: [...scenarios],
  };
}
