import { AppError, messageOf } from '../../domain/errors.ts';
import type { Log } from '../observe/log.ts';
import { backoffMillis } from './backoff.ts';
import type { Bell } from './bell.ts';
import type { Quarantine } from './quarantine.ts';
import type { Segment } from './segment.ts';
import type { SegmentFiles } from './segment-files.ts';
import { type BlockStore, shipSegment } from './ship-segment.ts';

export type ShipperDeps = {
  files: SegmentFiles;
  store: BlockStore;
  quarantine: Quarantine;
  /** Rings when something was appended, and when it closes. */
  work: Bell;
  /** Rings when it closes. */
  ending: Bell;
  isClosing: () => boolean;
  /** Ends an insert under way. */
  signal: AbortSignal;
  /** Between the beginnings of two shipments of the file that is appended to. */
  everyMillis: () => number;
  onShipped: (segment: Segment) => void;
  now: () => number;
  log: Log;
};

/** A refusal that passes, say of a server that is stopping, is not taken for one of the rows. */
const mostRefusals = 4;

/**
 * Inserts segments one at a time, in order, and removes them; tries for ever. Resolves once it is closing and all is
 * stored, or something cannot be stored now.
 */
export async function shipSegments(deps: ShipperDeps): Promise<void> {
  const { files, store, quarantine, signal, log } = deps;
  let lastBegan = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let refusals = 0;
  /** The last of the segments that an earlier process may have sent. */
  const lastFound = files.appended();
  for (;;) {
    const segment = await nextSegment(deps, lastBegan);
    if (segment === null || signal.aborted) return;
    lastBegan = deps.now();
    try {
      const uncertain = failures > 0 || segment.lastAppend <= lastFound;
      const setAside = refusals >= mostRefusals - 1;
      await shipSegment(segment, { store, quarantine, signal, uncertain, setAside });
      // After a request that broke off, the blocks are left alone: something of it may still be on its way.
      if (failures === 0) segment.letGo();
      await files.remove(segment);
      if (failures > 0) log('segments.flowing', 'ClickHouse takes spans again');
      failures = 0;
      refusals = 0;
      deps.onShipped(segment);
    } catch (error) {
      failures++;
      if (error instanceof AppError && error.code === 'INTERNAL') refusals++;
      if (deps.isClosing()) return;
      if (failures === 1) log('segments.waiting', `spans wait on disk: ${messageOf(error)}`);
      await deps.ending.wait(backoffMillis(failures));
    }
  }
}

/** Waits for something to ship; `null` when there is nothing and nothing can come. */
async function nextSegment(deps: ShipperDeps, lastBegan: number): Promise<Segment | null> {
  const { files, work, isClosing, everyMillis, now } = deps;
  for (;;) {
    const oldest = files.oldest();
    if (oldest) return oldest;
    if (files.isFilling()) {
      const every = everyMillis();
      const wait = isClosing() ? 0 : Math.min(every, lastBegan + every - now());
      if (wait > 0) await work.wait(wait);
      else await files.seal();
    } else {
      if (isClosing()) return null;
      await work.wait();
    }
  }
}
