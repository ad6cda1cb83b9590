/** Text for figures, one way everywhere: pages, tables and explanations. */

/** `812 ms`, `4.2 s`, `3 m 12 s`, `2 h 5 m`. */
export function formatDuration(micros: number): string {
  if (micros < 1000) return `${micros} µs`;
  const milliseconds = micros / 1000;
  if (milliseconds < 999.5) return `${trim(milliseconds, milliseconds < 10 ? 1 : 0)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${trim(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} m`;
}

/** `$1.23`, `$0.0042`, `$0.0000021`: two significant digits below a cent. `null` is `unpriced`, never `$0`. */
export function formatCost(nanoUsd: number | null): string {
  if (nanoUsd === null) return 'unpriced';
  const usd = nanoUsd / 1e9;
  if (usd === 0) return '$0';
  if (Math.abs(usd) >= 0.01) return `$${usd.toFixed(2)}`;
  const digits = Math.min(9, 1 - Math.floor(Math.log10(Math.abs(usd))));
  return `$${usd.toFixed(digits)}`;
}

/** What one of many things costs, to three digits: `$0.0197`, `$1.23`; `unpriced` for `null`. */
export function formatUnitCost(nanoUsd: number | null): string {
  if (nanoUsd === null || nanoUsd === 0 || nanoUsd >= 1e9) return formatCost(nanoUsd);
  return `$${Number((nanoUsd / 1e9).toPrecision(3)).toFixed(Math.min(9, 2 - Math.floor(Math.log10(nanoUsd / 1e9))))}`;
}

/** `1,234`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 trial`, `1,234 trials`; `1 reply`, `2 replies`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `812 B`, `4.2 kB`, `1.3 GB`: powers of 1000. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : trim(value, 1)} ${units[power]}`;
}

/** `93 %`; one decimal where rounding would claim 0 or 100. */
export function formatPercent(ratio: number): string {
  const percent = ratio * 100;
  const rounded = Math.round(percent);
  const claims = (rounded === 0 && percent > 0) || (rounded === 100 && percent < 100);
  return `${claims ? percent.toFixed(1) : rounded} %`;
}

/** `0.7 %`, `1.05 %`, `12.3 %`: of small rates, to a hundredth. */
export function formatRate(ratio: number): string {
  const percent = ratio * 100;
  return `${Number(percent.toFixed(percent < 9.995 ? 2 : 1))} %`;
}

/** `1.04–1.06 %` */
export function formatRateInterval({ low, high }: { low: number; high: number }): string {
  const percent = (ratio: number) => (ratio * 100).toFixed(ratio < 0.09995 ? 2 : 1);
  return `${percent(low)}–${percent(high)} %`;
}

/** How a person names a trial: `sdr/opt-out #1`, counted from one. */
export function formatTrial(scenarioId: string, index: number): string {
  return `${scenarioId} #${index + 1}`;
}

function trim(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.0$/, '');
}
