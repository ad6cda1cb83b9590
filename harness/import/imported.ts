import type { WorldCall } from '../../domain/effect.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Pack } from '../pack.ts';

/** What became of a third party's tasks. */
export type Imported = {
  pack: Pack;
  /** Tasks that no scenario can stand for, and why. */
  leftOut: { id: string; reason: string }[];
  /** Reference calls that were played to learn what they bring about. */
  calls: number;
  /** Those of them that the world refused: they bring about nothing. */
  refused: number;
};

/** A task as a scenario, with how many of its reference calls were refused; or why it cannot be one. */
export type ImportedTask =
  | { kind: 'scenario'; scenario: Scenario; calls: number; refused: number }
  | { kind: 'left-out'; id: string; reason: string };

/** The tasks of one pack together. */
export function importedOf(
  pack: Omit<Pack, 'scenarios' | 'models'>,
  tasks: readonly ImportedTask[],
): Imported {
  const kept = tasks.filter((task) => task.kind === 'scenario');
  return {
    pack: { ...pack, scenarios: kept.map(({ scenario }) => scenario), models: [] },
    leftOut: tasks.flatMap((task) => (task.kind === 'left-out' ? [task] : [])),
    calls: kept.reduce((sum, task) => sum + task.calls, 0),
    refused: kept.reduce((sum, task) => sum + task.refused, 0),
  };
}

/** A call that was refused; tau-bench's airline says so in its answer alone. */
export function isRefused({ status, response }: WorldCall): boolean {
  return status >= 400 || (typeof response === 'string' && response.startsWith('Error:'));
}
