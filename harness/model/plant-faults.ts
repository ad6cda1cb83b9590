import { FAULTS, type FaultName } from './faults/faults.ts';
import type { SimulatedModel } from './simulated-model.ts';

/**
 * Finds a simulated model by its name, `sim/<policy>+<fault>=<figure>+...`. A policy may have faults of its own, planted
 * where they mean most; what is left of the name is planted around it.
 *
 * @returns the model, or what is wrong with the name
 *
 * @example findSimulatedModel(sdrModels, 'sim/sdr+flaky=0.2')
 */
export function findSimulatedModel(
  models: readonly SimulatedModel[],
  name: string,
): SimulatedModel | { problem: string } {
  const [policy = '', ...planted] = name.split('+');
  const relatives = models
    .map((model) => ({ model, own: model.name.split('+') }))
    .filter(
      ({ own: [base, ...faults] }) => base === policy && faults.every((fault) => planted.includes(fault)),
    )
    .sort((a, b) => b.own.length - a.own.length);
  const [closest] = relatives;
  if (!closest) {
    const names = models.map((model) => model.name).join(', ');
    return { problem: `expected ${names}, or one of these with faults, got "${name}"` };
  }
  let found = closest.model;
  for (const text of planted.filter((fault) => !closest.own.includes(fault))) {
    const read = readFault(text);
    if ('problem' in read) return read;
    found = { ...FAULTS[read.fault].plant(found, read.figure), name: `${found.name}+${text}` };
  }
  return { ...found, name };
}

function readFault(text: string): { fault: FaultName; figure: number } | { problem: string } {
  const [name = '', figureText, ...rest] = text.split('=');
  if (!isFault(name)) {
    return { problem: `expected a fault, one of ${Object.keys(FAULTS).join(', ')}, got "${name}"` };
  }
  const { figure: kind, default: standard } = FAULTS[name];
  if (figureText === undefined) return { fault: name, figure: standard };
  const figure = Number(figureText);
  const fits = kind === 'probability' ? figure >= 0 && figure <= 1 : figure >= 1 && figure <= 1000;
  if (figureText.trim() === '' || !fits || rest.length > 0) {
    const range = kind === 'probability' ? 'a probability from 0 to 1' : 'a factor from 1 to 1000';
    return { problem: `expected ${range} after ${name}=, got "${[figureText, ...rest].join('=')}"` };
  }
  return { fault: name, figure };
}

function isFault(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}
