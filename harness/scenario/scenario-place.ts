import { fileURLToPath } from 'node:url';
import { getCallSites } from 'node:util';
import type { Scenario } from '../../domain/scenario.ts';

/** Where a scenario is written: its file and line, from 1. */
export type ScenarioPlace = { file: string; line: number };

const places = new WeakMap<Scenario, ScenarioPlace>();

/** Where `defineScenario` was called for this very scenario; `null` for one that is no code, or a copy. */
export function placeOfScenario(scenario: Scenario): ScenarioPlace | null {
  return places.get(scenario) ?? null;
}

/**
 * Remembers who is defining a scenario: the nearest caller in a file named `*.scenario.*`, since families of scenarios are
 * often made by a function beside them, else the caller of `defineScenario`.
 */
export function rememberPlace(scenario: Scenario): Scenario {
  const callers = getCallSites(20, { sourceMap: true })
    .slice(2)
    .filter(({ scriptName }) => !scriptName.startsWith('node:'));
  const caller = callers.find(({ scriptName }) => /\.scenario\.[cm]?[jt]s$/.test(scriptName)) ?? callers[0];
  if (caller) places.set(scenario, { file: pathOf(caller.scriptName), line: caller.lineNumber });
  return scenario;
}

function pathOf(scriptName: string): string {
  return scriptName.startsWith('file:') ? fileURLToPath(scriptName) : scriptName;
}
