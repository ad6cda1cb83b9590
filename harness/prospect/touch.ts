import type { Micros } from '../../domain/units.ts';

/** A message as its reader takes it: all that a simulated prospect sees of it. */
export type Touch = {
  /** When it was sent, on the virtual clock. */
  at: Micros;
  /** 0: could go to anybody; 1: about nothing but the reader's own situation. */
  relevance: number;
  /** Claims that hold, and claims that do not. */
  trueClaims: number;
  falseClaims: number;
  words: number;
};

/** What a touch finds: how the prospect stands to the sender. */
export type Standing = {
  /** Messages before that went unanswered, with the time of the last one. */
  earlier: number;
  lastAt: Micros | null;
  optedOut: boolean;
  /** Hours ahead of UTC of the prospect's clock. */
  utcOffset: number;
};

/** Of a prospect who has never heard from the sender. */
export const FIRST_STANDING: Standing = { earlier: 0, lastAt: null, optedOut: false, utcOffset: 0 };
