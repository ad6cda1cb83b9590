/** Rows of one table, ready for ClickHouse. */
export type Block = {
  table: string;
  /** Which of a cluster's it belongs to, from 0 on. Left out: the first, where everything lies that is of no trace. */
  shard?: number;
  rows: number;
  /** One complete block of the Native format; names and types of the columns are within it. */
  bytes: Buffer;
  /** Lets the memory of `bytes` be used again: whoever has the block calls it when nobody reads them any more, or never. */
  giveBack?: () => void;
};
