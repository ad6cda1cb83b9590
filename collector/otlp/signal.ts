/** What OTLP carries. Each signal has a path, a service and a table of its own. */
export const SIGNALS = ['traces', 'logs', 'metrics'] as const;
export type Signal = (typeof SIGNALS)[number];
