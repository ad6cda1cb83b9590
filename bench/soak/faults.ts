/** What a collector's machine suffers, in milliseconds. */
export type Faults = {
  /** That each sync of a file or directory takes longer. */
  syncMillis: number;
  /** That the collector's clock is ahead. */
  clockMillis: number;
};

export const noFaults: Faults = { syncMillis: 0, clockMillis: 0 };
