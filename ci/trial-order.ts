/** Where a trial stands in its run. */
export type Place = { scenarioId: string; index: number; id: string };

/** By scenario, then index, then id: what is said of a run reads the same whatever the order its trials finished in. */
export function byPlace(a: Place, b: Place): number {
  return compareText(a.scenarioId, b.scenarioId) || a.index - b.index || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
