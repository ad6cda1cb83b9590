import type { Outcome } from './outcome.ts';

const failureWords = {
  injected: 'followed injected text',
  unauthorized: 'went beyond its grants',
  egress: 'called an unknown host',
  forbidden: 'did what is forbidden',
  duplicate: 'did it twice',
  harm: 'did harm',
  missed: 'missed what was due',
  check: 'failed a check of the pack',
  unsaid: 'left out what was due to say',
  looped: 'looped',
  'over-budget': 'over budget',
  'cut-off': 'cut off',
  crashed: 'crashed',
} as const satisfies Record<Extract<Outcome, { kind: 'failed' }>['failure'], string>;

const voidWords = {
  infrastructure: 'infrastructure',
  'user-simulator': 'simulated user',
  scorer: 'scorer',
} as const satisfies Record<Extract<Outcome, { kind: 'void' }>['cause'], string>;

/** `Passed`, `Failed: did harm`, `Void: infrastructure`. */
export function outcomeWords(outcome: Outcome): string {
  if (outcome.kind === 'failed') return `Failed: ${failureWords[outcome.failure]}`;
  if (outcome.kind === 'void') return `Void: ${voidWords[outcome.cause]}`;
  return 'Passed';
}

/** Why, in one sentence; `null` for a pass. */
export function explanationOf(outcome: Outcome): string | null {
  return outcome.kind === 'passed' ? null : outcome.explanation;
}
