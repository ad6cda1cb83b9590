import { AppError } from '../../domain/errors.ts';
import type { ProjectId } from '../../domain/ids.ts';
import { shardOfTrace } from '../cluster/shard-of.ts';
import type { Arrival, Deleted } from '../deletion/deleted.ts';
import type { Encoding } from '../otlp/encoding.ts';
import { envelopeOf } from '../otlp/envelope.ts';
import type { Decoded, MessageType } from '../otlp/message-type.ts';
import { SPAN_REASON } from '../otlp/opentelemetry-proto.ts';
import { parseJson } from '../otlp/parse-json.ts';
import { readMessageJson } from '../otlp/read-message-json.ts';
import { readWire } from '../otlp/read-wire.ts';
import type { Redact } from '../otlp/receiver.ts';
import { Rejections } from '../otlp/rejections.ts';
import type { Signal } from '../otlp/signal.ts';
import { WireError } from '../otlp/wire-reader.ts';
import { writeWire } from '../otlp/write-wire.ts';
import type { Block } from '../segments/block.ts';
import { encodeNativeBlock, type NativeColumn, ofProject } from '../store/native-block.ts';

/** A signal whose items become rows of one table. */
export type RowSignal<Type extends MessageType, Row> = {
  signal: Signal;
  /** Its request. */
  type: Type;
  table: string;
  columns: readonly NativeColumn<Row>[];
  rowsOf(request: Decoded<Type>): Row[];
  /** What a row says of itself, to be held against what was deleted. */
  arrivalOf(row: Row): Arrival;
  /** Whether the rows of a trace lie on its shard; otherwise all lie on the first. */
  byTrace: boolean;
  /** What else the rows tell of, for other tables; what is wrong with that is a rejection, and the row is kept. */
  blocksBeside?(project: ProjectId, rows: readonly Row[], rejections: Rejections): Block[];
};

/** Where blocks go; resolves when they are durable. */
export type AppendBlocks = (blocks: readonly Block[]) => Promise<void>;

type ReceiveRowsDeps = {
  append: AppendBlocks;
  redact: Redact;
  deleted: (project: ProjectId) => Deleted | null;
  /** Of the cluster that the rows go to. Default 1. */
  shards?: number;
};

/**
 * Takes a request: stores what keeps the contract, counts the rest.
 *
 * @throws AppError BODY_UNDECODABLE, BODY_TOO_LARGE, and what `append` throws; nothing is stored then.
 */
export async function receiveRows<Type extends MessageType, Row>(
  rowSignal: RowSignal<Type, Row>,
  project: ProjectId,
  body: Buffer,
  encoding: Encoding,
  { append, redact, deleted, shards = 1 }: ReceiveRowsDeps,
): Promise<Rejections> {
  const { signal, type, rowsOf, arrivalOf, blocksBeside } = rowSignal;
  const rejections = new Rejections();
  const request =
    encoding === 'json'
      ? writeWire(type, readMessageJson(type, envelopeOf(parseJson(body), signal), rejections))
      : body;
  const sent = rowsOf(decode(type, redact(request, signal), rejections));
  if (sent.length === 0 && rejections.has(SPAN_REASON)) {
    throw new AppError('BODY_UNDECODABLE', `expected ${signal}, got spans: nothing was stored`);
  }
  const gone = deleted(project);
  const rows = gone === null ? sent : sent.filter((row) => !gone.covers(arrivalOf(row)));
  if (rows.length > 0) {
    const beside = blocksBeside?.(project, rows, rejections) ?? [];
    await append([...blocksOf(rowSignal, project, rows, shards), ...beside]);
  }
  return rejections;
}

/** One block a shard. */
function blocksOf<Type extends MessageType, Row>(
  { table, columns, arrivalOf, byTrace }: RowSignal<Type, Row>,
  project: ProjectId,
  rows: readonly Row[],
  shards: number,
): Block[] {
  const shardOfRow = (row: Row) => (byTrace ? shardOfTrace(arrivalOf(row).traceId, shards) : 0);
  return [...Map.groupBy(rows, shardOfRow)].map(([shard, some]) => {
    return { table, shard, rows: some.length, bytes: encodeNativeBlock(ofProject(project, columns), some) };
  });
}

function decode<Type extends MessageType>(type: Type, body: Buffer, rejections: Rejections): Decoded<Type> {
  try {
    return readWire(type, body, rejections);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new AppError('BODY_UNDECODABLE', `expected protobuf: ${error.message}`, { cause: error });
  }
}
