import { InvalidArgumentError } from 'commander';

/** Parses an option as a whole number from `low` to `high`. */
export function wholeNumber(low: number, high: number) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`expected a whole number from ${low} to ${high}.`);
  };
}

/** Parses an option as whole numbers, parted by commas: `1,16`. */
export function wholeNumbers(low: number, high: number) {
  const one = wholeNumber(low, high);
  return (text: string): number[] => text.split(',').map(one);
}

/** Parses an option as names, parted by commas: `a,b`. */
export function names(text: string): string[] {
  const found = text.split(',').map((name) => name.trim());
  if (found.every((name) => name !== '')) return found;
  throw new InvalidArgumentError('expected names, parted by commas.');
}

const port = wholeNumber(0, 65_535);

/** Parses an option as a port, or as `off` for none: commander takes `null` for a parser that failed. */
export function portOrOff(text: string): number | 'off' {
  return text === 'off' ? 'off' : port(text);
}

/** Parses an option as an amount above zero. */
export function amount(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('expected a number above 0.');
}

/** Gathers an option that may be given more than once. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}
