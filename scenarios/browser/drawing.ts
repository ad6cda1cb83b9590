/** Draws from a stream of numbers in [0, 1). */
export function drawing(random: () => number) {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  return {
    /** A whole number from `from` to `to`. */
    whole,
    pick<T>(items: readonly T[]): T {
      const [first] = items;
      if (first === undefined) throw new Error('expected something to pick from, got nothing');
      return items[whole(0, items.length - 1)] ?? first;
    },
  };
}
