import type { Usage } from '../../../domain/usage.ts';

/** The exclusive buckets of a usage, in the order in which pages show them. */
export const TOKEN_BUCKETS = [
  { bucket: 'input', label: 'Input' },
  { bucket: 'cacheRead', label: 'Cache read' },
  { bucket: 'cacheWrite', label: 'Cache write' },
  { bucket: 'output', label: 'Output' },
  { bucket: 'reasoning', label: 'Reasoning' },
] as const satisfies readonly { bucket: keyof Usage; label: string }[];
