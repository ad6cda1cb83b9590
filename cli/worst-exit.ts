/** Of several runs: a regression is one whatever else is known; what cannot be measured is worse than what is not clear. */
export function worstExit(exits: readonly number[]): number {
  return [130, 1, 2, 3, 4].find((exit) => exits.includes(exit)) ?? 0;
}
