import { counted } from '../../domain/format.ts';
import type { ScenarioId } from '../../domain/ids.ts';
import { INVARIANTS } from '../violation.ts';
import { type GateReport, type ScenarioLine, scenarioLines } from './gate-report.ts';
import { chanceWords, countWords, headline } from './words.ts';
import { type Annotation, workflowCommand } from './workflow-command.ts';

/** GitHub shows ten of a kind from one step and drops the rest. */
const SHOWN = 10;

/**
 * What stands beside the lines of a pull request: the verdict, unless it is a pass, then each scenario that broke an
 * invariant or became worse, is a suspect or says nothing. As workflow commands, a line each; pure.
 */
export function annotationLines(report: GateReport): string {
  const all = annotationsOf(report);
  const lines = (['error', 'warning'] as const).flatMap((level) =>
    fewOf(all.filter((one) => one.level === level)),
  );
  return lines.map((one) => `${workflowCommand(one)}\n`).join('');
}

function fewOf(all: readonly Annotation[]): Annotation[] {
  if (all.length <= SHOWN) return [...all];
  const shown = all.slice(0, SHOWN);
  const last = shown.at(-1);
  if (last) shown[SHOWN - 1] = { ...last, message: `${last.message}\nand ${all.length - SHOWN} more` };
  return shown;
}

export function annotationsOf(report: GateReport): Annotation[] {
  const { verdict } = report;
  const whole: Annotation = {
    level: verdict.kind === 'fail' ? 'error' : 'warning',
    place: null,
    title: headline(verdict),
    message: verdict.reasons
      .filter(({ scenarioId }) => scenarioId === null)
      .map(({ message }) => message)
      .join('\n'),
  };
  const broken = brokenInvariants(report);
  const scenarios = scenarioLines(report).flatMap((line) => judged(line, report, broken.has(line.id)));
  return [
    ...(verdict.kind === 'pass' ? [] : [{ ...whole, message: whole.message || headline(verdict) }]),
    ...[...broken].map(
      ([id, messages]): Annotation =>
        at(report, id, 'error', `${id}: what must never happen`, messages.join('\n')),
    ),
    ...scenarios,
  ];
}

function isInvariant(code: string): boolean {
  return INVARIANTS.some((one) => one === code);
}

/** By scenario, in the order of the reasons. */
function brokenInvariants({ verdict }: GateReport): Map<ScenarioId, string[]> {
  const found = new Map<ScenarioId, string[]>();
  for (const { code, scenarioId, message } of verdict.reasons) {
    if (scenarioId === null || !isInvariant(code)) continue;
    found.set(scenarioId, [...(found.get(scenarioId) ?? []), message]);
  }
  return found;
}

function judged(line: ScenarioLine, report: GateReport, told: boolean): Annotation[] {
  const { id, status, now, before, confirmation, trials } = line;
  const why = trials.flatMap(({ outcome }) => (outcome.kind === 'passed' ? [] : [outcome.explanation]));
  const rates = `${countWords(now)} passed, ${countWords(before)} before`;
  const said = [...new Set(why)].slice(0, 3);
  if (status === 'regressed') {
    const fresh = confirmation
      ? `${countWords(confirmation.fresh)} fresh trials passed, chance ${chanceWords(confirmation.adjusted)}`
      : rates;
    return [at(report, id, 'error', `${id} became worse`, [`${rates}; ${fresh}`, ...said].join('\n'))];
  }
  if (status === 'suspect')
    return [at(report, id, 'warning', `${id} looks worse`, [`${rates}; not confirmed`, ...said].join('\n'))];
  if (status === 'unmeasured' && !told) {
    const message = [`${counted(trials.length, 'trial')}, none of which says anything`, ...said].join('\n');
    return [at(report, id, 'warning', `${id} was not measured`, message)];
  }
  return [];
}

function at(
  { places }: GateReport,
  id: ScenarioId,
  level: Annotation['level'],
  title: string,
  message: string,
): Annotation {
  return { level, place: places.get(id) ?? null, title, message };
}
