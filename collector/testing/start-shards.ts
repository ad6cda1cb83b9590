import { createServer } from 'node:net';
import { join } from 'node:path';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '../store/embedded-clickhouse.ts';

/** ClickHouse servers that know one another as the shards of a cluster, to be killed and started again. */
export type TestShards = {
  /** Of a collector. */
  environment: { CLICKHOUSE_URL: string; CLICKHOUSE_CLUSTER: string };
  /** Host and port of each, as readers are told of it. */
  names: string[];
  /** Ends a server without a warning: it has no time to write anything. */
  kill(index: number): Promise<void>;
  /** On its directory and its port. */
  start(index: number): Promise<void>;
  close(): Promise<void>;
};

const cluster = 'shards';

/** @param running so many are started, the others have never been */
export async function startShards(directory: string, count: number, running = count): Promise<TestShards> {
  const http = await freePorts(count);
  const native = await freePorts(count);
  const servers: (EmbeddedClickHouse | null)[] = http.map(() => null);
  const start = async (index: number) => {
    servers[index] = await startEmbeddedClickHouse({
      directory: join(directory, `shard-${index + 1}`),
      port: http[index] ?? 0,
      settings: { tcp_port: String(native[index]), ...remoteServers(native) },
      onCrash: () => {},
    });
  };
  const kill = async (index: number) => {
    // Closing ends its standard input, upon which it kills itself.
    await servers[index]?.close();
    servers[index] = null;
  };
  await Promise.all(http.slice(0, running).map((_, index) => start(index)));
  const names = http.map((port) => `127.0.0.1:${port}`);
  return {
    environment: {
      CLICKHOUSE_URL: names.map((name) => `http://${name}/sharded`).join(','),
      CLICKHOUSE_CLUSTER: cluster,
    },
    names,
    kill,
    start,
    async close() {
      for (const index of servers.keys()) await kill(index);
    },
  };
}

/** The configuration by which each server finds the others. */
function remoteServers(ports: readonly number[]): Record<string, string> {
  const entries = ports.flatMap((port, index) => {
    const replica = `remote_servers.${cluster}.shard${index + 1}.replica`;
    return [
      [`${replica}.host`, '127.0.0.1'],
      [`${replica}.port`, String(port)],
    ];
  });
  return Object.fromEntries(entries);
}

/** Different ones: all are held until each is found. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const probe of probes) {
    await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
    const address = probe.address();
    if (typeof address === 'object' && address !== null) ports.push(address.port);
  }
  await Promise.all(probes.map((probe) => new Promise((closed) => probe.close(closed))));
  return ports;
}
