import { AppError } from '../../domain/errors.ts';
import type { Frame } from './frame.ts';
import type { Quarantine } from './quarantine.ts';
import type { Segment } from './segment.ts';

/** Where segments go. */
export type BlockStore = {
  /**
   * Inserts blocks of one table, as one, and resolves when they are on disk.
   *
   * @param token the same token is stored once; without one, nothing is held against what was inserted before.
   * @throws AppError INTERNAL where the blocks are refused whatever happens, another where a retry may help.
   */
  insertBlocks(
    table: string,
    blocks: AsyncIterable<Buffer>,
    options: { token: string | null; signal: AbortSignal },
  ): Promise<void>;
  /** Since when the server has been running, in milliseconds since the epoch, by its own clock. */
  runningSince(): Promise<number>;
};

export type ShipDeps = {
  store: BlockStore;
  quarantine: Quarantine;
  signal: AbortSignal;
  /** Whether an insert of this segment may have gone through, or half through, without us knowing. */
  uncertain: boolean;
  /** Whether blocks that are refused are set aside now; otherwise the refusal is thrown. */
  setAside: boolean;
};

/** By how much our clock and the server's may differ. */
const clockMillis = 60_000;

/**
 * Inserts all of a segment. Blocks that the store refuses are set aside, if it is so wished, and the others stored.
 *
 * A token keeps what is sent twice from being stored twice. But a ClickHouse that is killed may have noted a token
 * and not the rows: it writes its list of tokens first. After a doubt the token is therefore used only where the
 * server has been running since before the segment was made. Otherwise the rows are sent without: they may then lie
 * there twice until they are merged, under one key.
 *
 * @throws AppError what the store throws where a retry may help; sending the segment again is safe.
 */
export async function shipSegment(segment: Segment, deps: ShipDeps): Promise<void> {
  const withToken = !deps.uncertain || (await deps.store.runningSince()) < segment.created - clockMillis;
  const send = (table: string, frames: readonly Frame[], token: string) =>
    deps.store.insertBlocks(table, blocksOf(segment, frames), {
      token: withToken ? token : null,
      signal: deps.signal,
    });
  for (const [table, frames] of framesByTable(segment.frames)) {
    const token = `${segment.id}/${table}`;
    const refusal = await refusalOf(() => send(table, frames, token));
    if (refusal === null) continue;
    if (!deps.setAside) throw refusal;
    for (const frame of frames) {
      const reason =
        frames.length === 1
          ? refusal
          : await refusalOf(() => send(table, [frame], `${token}/${frame.offset}`));
      if (reason === null) continue;
      const block = { table, rows: frame.rows, bytes: await segment.read(frame) };
      await deps.quarantine.refused(`${segment.id}.${frame.offset}`, block, `${table}: ${reason.message}`);
    }
  }
}

/** Payloads first: a span is visible once its light row is there, and never without its text. */
function framesByTable(frames: readonly Frame[]): [string, Frame[]][] {
  const byTable = [...Map.groupBy(frames, ({ table }) => table)];
  const isPayload = ([table]: [string, Frame[]]) => table === 'span_payloads';
  return [...byTable.filter(isPayload), ...byTable.filter((entry) => !isPayload(entry))];
}

async function* blocksOf(segment: Segment, frames: readonly Frame[]): AsyncGenerator<Buffer> {
  for (const frame of frames) yield await segment.read(frame);
}

/** `null` when it was taken. @throws what may pass. */
async function refusalOf(send: () => Promise<void>): Promise<AppError | null> {
  try {
    await send();
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'INTERNAL') return error;
    throw error;
  }
}
