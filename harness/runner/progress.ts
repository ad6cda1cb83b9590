import { SingleBar } from 'cli-progress';
import { formatCost, formatTrial } from '../../domain/format.ts';
import type { Trial } from '../../domain/trial.ts';
import { type NanoUsd, nanoUsd } from '../../domain/units.ts';

/** Shows a person how a run is going. */
export type Progress = {
  /** A trial starts. */
  begin(): void;
  add(trial: Trial): void;
  stop(): void;
};

const FORMAT =
  '{bar} {value}/{total}  pass {passed}  fail {failed}  void {voided}  {cost}  {eta_formatted} left  {running} in flight';

/**
 * A bar on a terminal; else one line a trial, as a log wants it.
 *
 * @param labelOf what a line says of a trial beside its scenario: its run, where there are several
 */
export function createProgress(
  stream: NodeJS.WritableStream & { isTTY?: boolean },
  total: number,
  labelOf: (trial: Trial) => string = () => '',
): Progress {
  const counts = { passed: 0, failed: 0, voided: 0, running: 0 };
  let cost: NanoUsd | null = null;
  const count = ({ outcome, figures }: Trial) => {
    counts[outcome.kind === 'void' ? 'voided' : outcome.kind] += 1;
    counts.running = Math.max(0, counts.running - 1);
    if (figures.cost !== null) cost = nanoUsd((cost ?? 0) + figures.cost);
    return { ...counts, cost: formatCost(cost) };
  };

  if (!stream.isTTY) {
    let number = 0;
    return {
      begin() {},
      add(trial) {
        count(trial);
        number += 1;
        stream.write(`${number}/${total} ${describeTrial(trial, labelOf(trial))}\n`);
      },
      stop() {
        if (number === 0) return;
        const { passed, failed, voided } = counts;
        stream.write(`pass ${passed}, fail ${failed}, void ${voided}, ${formatCost(cost)}\n`);
      },
    };
  }
  const bar = new SingleBar({ format: FORMAT, stream, hideCursor: true });
  bar.start(total, 0, { ...counts, cost: formatCost(cost) });
  return {
    begin() {
      counts.running += 1;
      bar.update({ running: counts.running });
    },
    add: (trial) => bar.increment(1, count(trial)),
    stop: () => bar.stop(),
  };
}

/** `failed (harm) sdr/opt-out #1: ...` */
function describeTrial({ outcome, scenario, index, attempts }: Trial, label: string): string {
  const again = attempts > 1 ? ` (attempt ${attempts})` : '';
  const name = `${formatTrial(scenario.id, index)}${label}${again}`;
  switch (outcome.kind) {
    case 'passed':
      return `passed ${name}`;
    case 'failed':
      return `failed (${outcome.failure}) ${name}: ${outcome.explanation}`;
    case 'void':
      return `void (${outcome.cause}) ${name}: ${outcome.explanation}`;
  }
}
