/** What a key can ask of any page. */
export const COMMANDS = [
  { keys: ['?'], command: 'help', label: 'Show these keys' },
  { keys: ['g', 'r'], command: 'go-runs', label: 'Go to runs' },
  { keys: ['g', 't'], command: 'go-traces', label: 'Go to traces' },
  { keys: ['g', 'l'], command: 'go-live', label: 'Go to what agents do now' },
  { keys: ['g', 'm'], command: 'go-metrics', label: 'Go to metrics' },
  { keys: ['g', 's'], command: 'go-sql', label: 'Go to SQL' },
  { keys: ['g', 'c'], command: 'go-compare', label: 'Go to the comparison of runs' },
  { keys: ['g', 'a'], command: 'go-alerts', label: 'Go to alerts' },
  { keys: ['g', 'u'], command: 'go-audit', label: 'Go to the audit log' },
  { keys: ['j'], command: 'next-row', label: 'Next row; Enter opens it' },
  { keys: ['k'], command: 'previous-row', label: 'Previous row' },
  { keys: ['x'], command: 'mark', label: 'Mark the row to compare' },
  { keys: ['/'], command: 'focus-filter', label: 'Go to the filter' },
  { keys: ['Escape'], command: 'back', label: 'Up one level' },
  { keys: ['c'], command: 'copy-link', label: 'Copy the link of this page' },
  { keys: ['T'], command: 'theme', label: 'Light or dark' },
] as const satisfies readonly { keys: readonly string[]; command: string; label: string }[];

export type Command = (typeof COMMANDS)[number]['command'];

/** Held together, and heard inside fields too. */
export const PALETTE_KEYS = [{ keys: ['Ctrl', 'K'], label: 'Go anywhere' }] as const;

/** Keys of the waterfall, for the list only: the waterfall handles them itself. */
export const WATERFALL_KEYS = [
  { keys: ['↑', '↓'], label: 'Previous, next span' },
  { keys: ['→', 'l'], label: 'Expand, then first child' },
  { keys: ['←', 'h'], label: 'Collapse, then parent' },
  { keys: ['[', ']'], label: 'Collapse all, expand all' },
  { keys: ['Home', 'End'], label: 'First, last span' },
  { keys: ['e', 'E'], label: 'Next, previous error' },
  { keys: ['.', ','], label: 'Next, previous span of the same kind' },
  { keys: ['w', 's'], label: 'Zoom in, out' },
  { keys: ['a', 'd'], label: 'Earlier, later' },
  { keys: ['f', '0'], label: 'Fit the span, the whole trace' },
] as const;

/**
 * One key press after the keys `pending`: the command it completes, and what is pending from now on.
 *
 * @example press(['g'], 'r') // { command: 'go-runs', pending: [] }
 */
export function press(
  pending: readonly string[],
  key: string,
): { command: Command | null; pending: readonly string[] } {
  for (const typed of [[...pending, key], [key]]) {
    const matches = COMMANDS.filter(({ keys }) => typed.every((part, index) => keys[index] === part));
    const whole = matches.find(({ keys }) => keys.length === typed.length);
    if (whole) return { command: whole.command, pending: [] };
    if (matches.length > 0) return { command: null, pending: typed };
  }
  return { command: null, pending: [] };
}
