import { crc32 } from 'node:zlib';

/** Of a trace id of 16 bytes that begins at `start`: the shard, from 0 on, on which all of the trace lies. */
export function shardOf(bytes: Buffer, start: number, shards: number): number {
  return shards === 1 ? 0 : crc32(bytes.subarray(start, start + traceIdBytes)) % shards;
}

/** As `shardOf`, of an id in hex; '' is no trace and is stored as zeros. */
export function shardOfTrace(traceId: string, shards: number): number {
  return shardOf(Buffer.alloc(traceIdBytes, traceId, 'hex'), 0, shards);
}

/** What tells ClickHouse the same, of a table that has a trace id: `Distributed` takes it modulo the number of shards. */
export const SHARDING_KEY = 'CRC32(trace_id)';

const traceIdBytes = 16;
