/** A measured value and what it should be: at most `bar`, or at least where `atLeast` says so. */
export type Figure = { name: string; value: number; unit: string; bar?: number; atLeast?: boolean };

/** Prints a table for people, and as the last line JSON for programs; a missed bar is said and fails nothing. */
export function report(bench: string, figures: readonly Figure[]): void {
  const judged = figures.map((figure) => ({ ...figure, ok: isMet(figure) }));
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const { name, value, unit, bar, atLeast, ok } of judged) {
    const verdict = bar === undefined ? '' : `  ${atLeast ? '>=' : '<='} ${bar}: ${ok ? 'met' : 'MISSED'}`;
    console.log(`  ${name.padEnd(width)}  ${formatted(value).padStart(12)} ${unit}${verdict}`);
  }
  const lines = judged.map(({ name, value, unit, bar, ok }) => ({
    name,
    value: Number(formatted(value).replaceAll(',', '')),
    unit,
    ...(bar === undefined ? {} : { bar, ok }),
  }));
  console.log(JSON.stringify({ bench, figures: lines }));
}

function isMet({ value, bar, atLeast }: Figure): boolean {
  if (bar === undefined) return true;
  return atLeast ? value >= bar : value <= bar;
}

function formatted(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: value >= 1000 ? 6 : 3 });
}

/** The value below which a share `p` of the sample lies (nearest rank). */
export function quantile(sample: readonly number[], p: number): number {
  const ordered = [...sample].sort((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil(p * ordered.length) - 1)] ?? Number.NaN;
}

export type BenchOptions = {
  /** Whether the short form was asked for. */
  short: boolean;
  number(name: string): number | null;
  text(name: string): string | null;
};

/** What a bench was asked for, as `--name 5` or `--name=5`. */
export function benchOptions(argv: readonly string[]): BenchOptions {
  const text = (name: string) => {
    const at = argv.findIndex((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`));
    return at < 0 ? null : (argv[at]?.split('=')[1] ?? argv[at + 1] ?? null);
  };
  return {
    short: argv.includes('--short'),
    number: (name) => (text(name) === null ? null : Number(text(name))),
    text,
  };
}
