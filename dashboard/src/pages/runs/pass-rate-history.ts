import type { RunSummary } from '../../../../domain/run.ts';
import { type PassRatePoint, passRatePoint } from '../../ui/pass-rate-point.ts';

/** Finished runs of one agent with one model on one pack, oldest first: what may be drawn on one line. */
export type PassRateHistory = {
  pack: string;
  agent: string;
  model: string;
  points: readonly PassRatePoint[];
};

const fewestPoints = 3;

/**
 * The history of the newest run's agent, model and pack; rates of others have another meaning and are left out, and
 * so are replays. `null` while it is too short to show anything that the table does not.
 */
export function passRateHistory(runs: readonly RunSummary[]): PassRateHistory | null {
  const finished = runs.filter((run) => run.end !== null && run.passRate.n > 0 && !run.replayed);
  const newest = finished[0];
  if (!newest) return null;
  const points = finished
    .filter((run) => run.pack === newest.pack && run.agent === newest.agent && run.model === newest.model)
    .map((run) => passRatePoint(run, run.commit?.slice(0, 7) ?? run.agentVersion))
    .reverse();
  return points.length < fewestPoints
    ? null
    : { pack: newest.pack, agent: newest.agent, model: newest.model, points };
}
