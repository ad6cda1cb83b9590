import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** The files of docs/how-to/cluster, as far as they can be checked without Docker and Kubernetes. */
const root = resolve(import.meta.dirname, '..');
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const fileOf = (name: string) => readFileSync(join(root, 'docs/how-to/cluster', name), 'utf8');

const Environment = z.record(z.string(), z.string());
const RemoteServers = z.object({
  remote_servers: z.record(
    z.string(),
    z.object({
      secret: z.object({ '@from_env': z.string() }),
      shard: z.array(z.object({ replica: z.object({ host: z.string(), port: z.number() }) })),
    }),
  ),
});

const Service = z.object({
  image: z.string().optional(),
  build: z.object({ dockerfile_inline: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  environment: Environment,
  depends_on: z.record(z.string(), z.unknown()).optional(),
  volumes: z.array(z.string()),
});
const Compose = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null()),
});

/** The host of each shard that a collector is told, and the cluster. */
function storeOf(env: z.output<typeof Environment>) {
  const urls = (env.CLICKHOUSE_URL ?? '')
    .replace(/\$\{\w+:\?\}|\$\(\w+\)/g, 'secret')
    .split(',')
    .map((url) => new URL(url));
  return { hosts: urls.map(({ hostname }) => hostname), cluster: env.CLICKHOUSE_CLUSTER };
}

/** Of the commands, as their help lists them. */
function commandOptions(): string[] {
  const directory = join(root, 'cli/commands');
  const source = readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .join('\n');
  return [...source.matchAll(/'(--[a-z-]+)[ ']/g)].map(([, name]) => name ?? '');
}

function expectCommand(words: readonly string[], command: readonly string[]): void {
  expect(words.slice(0, command.length)).toEqual(command);
  const known = commandOptions();
  for (const word of words.filter((one) => one.startsWith('--'))) expect(known).toContain(word);
}

describe('the compose file', () => {
  const { services, volumes } = Compose.parse(parse(fileOf('compose.yaml'), { merge: true }));
  const { remote_servers: servers } = RemoteServers.parse(parse(fileOf('clickhouse.yaml')));
  const collectors = Object.entries(services).filter(([name]) => name.startsWith('collector'));

  it('gives each collector the shards in the order of their configuration, and a command that there is', () => {
    expect(collectors).toHaveLength(2);
    for (const [, { command = [], environment, depends_on: needed = {}, build }] of collectors) {
      const { hosts, cluster = '' } = storeOf(environment);
      expect(hosts).toEqual(servers[cluster]?.shard.map(({ replica }) => replica.host));
      expect(Object.keys(needed)).toEqual(hosts);
      expect(Object.keys(services)).toEqual(expect.arrayContaining(hosts));
      expect(build?.dockerfile_inline).toContain(`rehearse@${version}`);
      expectCommand(command, ['rehearse', 'serve']);
    }
  });

  it('lets one collector sum up the hours, and gives everyone a volume of its own', () => {
    const on = collectors.filter(([, { environment }]) => environment.REHEARSE_HOUSEKEEPING === 'on');
    expect(on).toHaveLength(1);
    const used = Object.values(services).flatMap((service) =>
      service.volumes.map((volume) => volume.split(':')[0] ?? '').filter((name) => !name.startsWith('.')),
    );
    expect(used.toSorted()).toEqual(Object.keys(volumes).toSorted());
    for (const [name, { secret }] of Object.entries(servers)) {
      expect([name, services['clickhouse-1']?.environment[secret['@from_env']]]).toEqual([
        'rehearse',
        expect.any(String),
      ]);
    }
  });
});

const Container = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  env: z.array(z.object({ name: z.string(), value: z.string().optional() })),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  readinessProbe: z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) }),
  volumeMounts: z.array(z.object({ name: z.string() })),
});
const Named = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
});
const StatefulSet = Named.extend({
  spec: z.object({
    serviceName: z.string(),
    replicas: z.number(),
    selector: z.object({ matchLabels: Environment }),
    template: z.object({
      metadata: z.object({ labels: Environment }),
      spec: z.object({
        containers: z.tuple([Container]),
        volumes: z.array(z.object({ name: z.string() })).default([]),
      }),
    }),
    volumeClaimTemplates: z.array(z.object({ metadata: z.object({ name: z.string() }) })),
  }),
});
const Job = Named.extend({
  spec: z.object({
    template: z.object({
      spec: z.object({ containers: z.tuple([Container.pick({ image: true, command: true, env: true })]) }),
    }),
  }),
});
const KubernetesService = Named.extend({
  spec: z.object({ selector: Environment, ports: z.array(z.object({ name: z.string(), port: z.number() })) }),
});
const ConfigMap = Named.extend({ data: Environment });

describe('the Kubernetes manifest', () => {
  const documents = parseAllDocuments(fileOf('kubernetes.yaml')).map((document) => document.toJS());
  const ofKind = <T>(kind: string, schema: z.ZodType<T>) =>
    documents
      .filter((document) => Named.parse(document).kind === kind)
      .map((document) => schema.parse(document));
  const sets = new Map(ofKind('StatefulSet', StatefulSet).map((set) => [set.metadata.name, set.spec]));
  const services = new Map(ofKind('Service', KubernetesService).map((one) => [one.metadata.name, one.spec]));
  const [configuration] = ofKind('ConfigMap', ConfigMap);

  it.each([...sets])('%s has a service, its volumes, and ports that are there', (_, spec) => {
    const service = services.get(spec.serviceName);
    const [container] = spec.template.spec.containers;
    expect(service?.selector).toEqual(spec.template.metadata.labels);
    expect(spec.selector.matchLabels).toEqual(spec.template.metadata.labels);
    expect(service?.ports.map(({ name, port }) => [name, port])).toEqual(
      container.ports.map(({ name, containerPort }) => [name, containerPort]),
    );
    expect(container.ports.map(({ name }) => name)).toContain(container.readinessProbe.httpGet.port);
    const volumes = [
      ...spec.template.spec.volumes,
      ...spec.volumeClaimTemplates.map(({ metadata }) => metadata),
    ];
    expect(container.volumeMounts.map(({ name }) => name).toSorted()).toEqual(
      volumes.map(({ name }) => name).toSorted(),
    );
  });

  it('gives the collectors the shards in the order of their configuration', () => {
    const { remote_servers: servers } = RemoteServers.parse(
      parse(configuration?.data['rehearse.yaml'] ?? ''),
    );
    const [collector] = sets.get('rehearse')?.template.spec.containers ?? [];
    const envOf = (list: z.output<typeof Container>['env'] = []) =>
      Object.fromEntries(list.map(({ name, value = '' }) => [name, value]));
    const env = envOf(collector?.env);
    const [job] = ofKind('Job', Job);
    const [keyMaker] = job?.spec.template.spec.containers ?? [];
    expect(storeOf(envOf(keyMaker?.env))).toEqual(storeOf(env));
    expect(keyMaker?.image).toBe(collector?.image);
    expectCommand(keyMaker?.command ?? [], ['rehearse', 'key', 'add']);
    const { hosts, cluster = '' } = storeOf(env);
    expect(hosts).toEqual(servers[cluster]?.shard.map(({ replica }) => replica.host));
    const pods = Array.from(
      { length: sets.get('clickhouse')?.replicas ?? 0 },
      (_, pod) => `clickhouse-${pod}.clickhouse`,
    );
    expect(hosts).toEqual(pods);
    expect(collector?.image).toBe(`rehearse:${version}`);
  });

  it.each([
    ['rehearse-0', 'on'],
    ['rehearse-1', 'off'],
  ])('starts %s with housekeeping %s', (pod, housekeeping) => {
    const bin = mkdtempSync(join(tmpdir(), 'rehearse-bin-'));
    try {
      writeFileSync(join(bin, 'rehearse'), '#!/bin/sh\necho "$REHEARSE_HOUSEKEEPING rehearse $*"\n');
      chmodSync(join(bin, 'rehearse'), 0o755);
      const [shell = '', ...words] = sets.get('rehearse')?.template.spec.containers[0].command ?? [];
      const env = { PATH: `${bin}:${process.env.PATH}`, HOSTNAME: pod };
      const [set, ...command] = execFileSync(shell, words, { env, encoding: 'utf8' }).trim().split(' ');
      expect(set).toBe(housekeeping);
      expectCommand(command, ['rehearse', 'serve']);
    } finally {
      rmSync(bin, { recursive: true, force: true });
    }
  });
});
