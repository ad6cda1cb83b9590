/** How many lines a chart holds. */
export const MOST_SERIES = 5;

const dashes = ['', '7 3', '2 3', '9 3 2 3', '1 4'] as const;

/** A line alone has the colour of text; several are told apart by colour and dash. */
export function strokeOf(index: number, count: number): string {
  return count === 1 ? 'var(--text)' : `var(--series-${index % MOST_SERIES})`;
}

export function dashOf(index: number): { strokeDasharray?: string } {
  const dash = dashes[index % MOST_SERIES];
  return dash ? { strokeDasharray: dash } : {};
}
