import { readFile } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { parseScenario } from './define-scenario.ts';
import { findJsonProblem } from './json-problem.ts';

/**
 * Reads a JSON file with one scenario or an array of them. Throws SCENARIO_UNREADABLE: the file cannot be read, is not
 * JSON (with line and column), holds a wrong field (with its path), no scenario, or one id twice.
 */
export async function readScenarios(path: string): Promise<Scenario[]> {
  return scenariosOf(await readScenarioJson(path), path);
}

/** The JSON of a scenario file. Throws SCENARIO_UNREADABLE as above. */
export async function readScenarioJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('SCENARIO_UNREADABLE', `expected a scenario file at ${path}: ${reason}`, {
      cause: error,
    });
  });
  const problem = findJsonProblem(text);
  if (problem) {
    const place = `${path}:${problem.line}:${problem.column}`;
    throw new AppError('SCENARIO_UNREADABLE', `${place}: not JSON: ${problem.message}`);
  }
  return JSON.parse(text);
}

/** The scenarios in the JSON of a file. Throws SCENARIO_UNREADABLE as above. */
export function scenariosOf(value: unknown, path: string): Scenario[] {
  const scenarios = Array.isArray(value)
    ? value.map((item, index) => parseScenario(item, `${path}: [${index}]`))
    : [parseScenario(value, path)];
  if (scenarios.length === 0)
    throw new AppError('SCENARIO_UNREADABLE', `${path}: expected at least one scenario, got []`);
  const twice = scenarios.find(({ id }, index) => scenarios.findIndex((other) => other.id === id) !== index);
  if (twice)
    throw new AppError('SCENARIO_UNREADABLE', `${path}: expected each id once, got "${twice.id}" twice`);
  return scenarios;
}
