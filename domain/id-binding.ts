/** What the names of ids stand for: one value a name, one name a value. */
export type IdBinding = ReadonlyMap<string, string>;

export const NO_IDS: IdBinding = new Map();

/** Whether a name may stand for this value beside all that is bound: as it does, or new both of them. */
export function mayStandFor(binding: IdBinding, name: string, value: string): boolean {
  const bound = binding.get(name);
  if (bound !== undefined) return bound === value;
  return ![...binding.values()].includes(value);
}
