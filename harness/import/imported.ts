import type { Pack } from '../pack.ts';

/** What became of a third party's tasks. */
export type Imported = {
  pack: Pack;
  /** Tasks that no scenario can stand for, and why. */
  leftOut: { id: string; reason: string }[];
  /** Reference calls that were played to learn what they bring about. */
  calls: number;
  /** Those of them that the world refused: they bring about nothing. */
  refused: number;
};
