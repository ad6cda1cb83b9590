/** Items that have no identity of their own are known by their place, from 1. */
export function numbered<T>(items: readonly T[]): { number: number; item: T }[] {
  return items.map((item, index) => ({ number: index + 1, item }));
}
