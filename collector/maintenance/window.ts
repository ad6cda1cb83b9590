/** Starts of spans, in seconds since the epoch; both ends belong to it. */
export type Window = { from: number; to: number };
