import type { ProjectId } from '../../domain/ids.ts';
import type { Deleted } from '../deletion/deleted.ts';
import type { SpanSink } from '../ingest/span-sink.ts';
import { LOGS } from '../logs/log-signal.ts';
import { METRICS } from '../metrics/metric-signal.ts';
import { type AppendBlocks, receiveRows } from '../signals/receive-rows.ts';
import type { Encoding } from './encoding.ts';
import { receiveTraces } from './receive-traces.ts';
import type { Rejections } from './rejections.ts';
import type { Signal } from './signal.ts';

/**
 * Takes an inflated request of a signal for a project, by whatever transport it came, and resolves when what is kept of it is
 * durable, with what was not.
 *
 * @throws AppError BODY_UNDECODABLE, BODY_TOO_LARGE, INGEST_FULL, DISK_FULL or STORE_UNAVAILABLE; nothing is stored then.
 */
export type Receive = (
  project: ProjectId,
  signal: Signal,
  body: Buffer,
  encoding: Encoding,
) => Promise<Rejections>;

export type ReceiverDeps = {
  sink: SpanSink;
  append: AppendBlocks;
  /** Takes out of a request, in protobuf, what is not to be stored. */
  redact: Redact;
  /** What was deleted where the items go: of that nothing is stored again. */
  deleted: (project: ProjectId) => Deleted | null;
  /** Of the cluster that the items go to. Default 1. */
  shards?: number;
};

export type Redact = (request: Buffer, signal: Signal) => Buffer;

export function createReceiver(deps: ReceiverDeps): Receive {
  return (project, signal, body, encoding) => {
    switch (signal) {
      case 'traces':
        return receiveTraces(deps, project, body, encoding);
      case 'logs':
        return receiveRows(LOGS, project, body, encoding, deps);
      case 'metrics':
        return receiveRows(METRICS, project, body, encoding, deps);
    }
  };
}
