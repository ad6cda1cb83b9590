/** The address of each page. */

export function runPath(runId: string): string {
  return `/runs/${encodeURIComponent(runId)}`;
}

/** All trials of one scenario in a run. */
export function scenarioPath(runId: string, scenarioId: string): string {
  return `${runPath(runId)}/scenarios/${encodeURIComponent(scenarioId)}`;
}

/** The trials of a scenario beside those of another run. */
export function besidePath(of: { runId: string; scenarioId: string; beside: string }): string {
  return `${scenarioPath(of.runId, of.scenarioId)}?beside=${encodeURIComponent(of.beside)}`;
}

export function trialPath(trialId: string): string {
  return `/trials/${trialId}`;
}

/** With `spanId`, the span is selected there. */
export function tracePath(traceId: string, spanId: string | null = null): string {
  return spanId === null ? `/traces/${traceId}` : `/traces/${traceId}?span=${spanId}`;
}

/** A part of an address as it was before `encodeURIComponent`; what was never encoded stays as it is. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
