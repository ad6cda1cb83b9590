import { redact } from './redact.ts';
import { DROPPED_ATTRIBUTES, type RedactionConfig } from './redaction-config.ts';
import { redactionRules } from './redaction-rules.ts';
import type { Signal } from './shapes.ts';

/** Redacts requests, and counts what it took out since it was made. */
export type Redactor = {
  /** The request, an OTLP request in protobuf, without what the rules name. */
  redact(request: Buffer, signal: Signal): Buffer;
  /** By name of the rule; a rule that found nothing has 0. */
  counts(): Record<string, number>;
};

/** `null` where redaction is off. */
export function createRedactor(config: RedactionConfig): Redactor | null {
  if (config === 'off') return null;
  const rules = redactionRules(config);
  const names = [...rules.custom, ...rules.builtIn].map(({ name }) => name);
  const totals = new Map([...names, DROPPED_ATTRIBUTES].map((name) => [name, 0]));
  return {
    redact(request, signal) {
      const { bytes, counts } = redact(request, signal, rules);
      for (const [name, times] of Object.entries(counts)) totals.set(name, (totals.get(name) ?? 0) + times);
      return bytes;
    },
    counts: () => Object.fromEntries(totals),
  };
}
