import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Collector, startCollector } from '../collector/server.ts';
import { readResults } from '../harness/index.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { commandHere } from './command.ts';

const hasPython = await promisify(execFile)('python3', ['--version']).then(
  () => true,
  () => false,
);

/** Opts the contact out, whoever it is, and tells the collector of it under the trial's resource attributes. */
const optsOut = `
import { createInterface } from 'node:readline';
const { CRM_URL, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_RESOURCE_ATTRIBUTES } = process.env;
const [traceId, spanId] = ['a'.repeat(32), 'b'.repeat(16)];
const attributes = OTEL_RESOURCE_ATTRIBUTES.split(',').map((pair) => {
  const [key, value] = pair.split('=');
  return { key, value: { stringValue: decodeURIComponent(value) } };
});
for await (const line of createInterface({ input: process.stdin })) {
  const headers = { traceparent: '00-' + traceId + '-' + spanId + '-01' };
  const { contacts } = await (await fetch(CRM_URL + '/contacts?q=' + encodeURIComponent(/Lee \\w+/.exec(line)[0]))).json();
  await fetch(CRM_URL + '/contacts/' + contacts[0].id, { method: 'PATCH', headers, body: '{"status":"opted_out"}' });
  const nanos = String(BigInt(Date.now()) * 1000000n);
  const span = { traceId, spanId, name: 'invoke_agent me', kind: 1, startTimeUnixNano: nanos, endTimeUnixNano: nanos };
  const body = { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] };
  const sent = await fetch(OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/traces', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  if (!sent.ok) throw new Error('the collector answered ' + sent.status);
  console.log(JSON.stringify({ said: 'Opted out.', finished: true }));
}`;

describe('an agent outside the process of the command', () => {
  let directory: string;
  let collector: Collector;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rehearse-external-agent-'));
    collector = await startCollector({ dataDirectory: join(directory, 'data'), port: 0 });
  });
  afterAll(async () => {
    await collector?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const rehearse = async (name: string, args: readonly string[], pack = 'sdr') => {
    const results = join(directory, `${name}.jsonl`);
    const ended = await commandHere(['run', pack, '--trials', '1', '--out', results, ...args], {
      REHEARSE_URL: collector.url,
    });
    expect(ended.error).not.toMatch(/^rehearse:/m);
    return (await readResults(results)).trials;
  };

  it.runIf(hasPython)(
    'may be in Python, without a line of ours, and pass what its twelve tools are for',
    async () => {
      const agent = 'python3 docs/how-to/python-agent.py';
      const chosen = sdr.scenarios.slice(0, 10).flatMap(({ id }) => ['--scenario', id]);
      const trials = await rehearse('python', ['--agent-command', agent, '--no-spans', ...chosen]);
      expect(trials.map(({ outcome }) => outcome)).toEqual(Array(10).fill({ kind: 'passed' }));
      expect(trials.every(({ figures }) => (figures.modelCalls ?? 0) > 1)).toBe(true);
    },
  );

  it('has its spans found by the resource attributes it was given', async () => {
    const file = join(directory, 'opts-out.mjs');
    await writeFile(file, optsOut);
    const agent = `"${process.execPath}" "${file}"`;
    const [trial] = await rehearse('spans', ['--agent-command', agent, '--scenario', 'sdr/reply/opts-out']);
    expect(trial?.ending).toEqual({ kind: 'finished' });
    expect(trial).toMatchObject({ traceId: 'a'.repeat(32), traceComplete: true });
    expect(trial?.journal.map(({ call }) => call.spanId)).toEqual(['b'.repeat(16)]);
  });

  it('may be a server', async () => {
    const bodies: { environment: Record<string, string> }[] = [];
    const server = createServer(async (incoming, response) => {
      let text = '';
      for await (const chunk of incoming) text += chunk;
      const body = JSON.parse(text);
      bodies.push(body);
      await fetch(`${body.environment.CRM_URL}/contacts?q=Nobody`);
      response.end('{"said":["There is no Otto Brandner."],"finished":true}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const scenario = ['--scenario', 'sdr/nobody-found'];
    const [trial] = await rehearse('server', ['--agent-url', url, '--no-spans', ...scenario]);
    server.close();
    expect(trial?.outcome).toEqual({ kind: 'passed' });
    expect(trial?.calls.map(({ operation }) => operation)).toEqual(['contacts.search']);
    expect(bodies[0]?.environment).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  });

  it('ends its trials with a reason where it prints rubbish, and with another where it never answers', async () => {
    const one = ['--no-spans', '--scenario', 'sdr/nobody-found'];
    const [rubbish] = await rehearse('rubbish', ['--agent-command', 'echo Hello; sleep 60', ...one]);
    expect(rubbish?.ending).toEqual({
      kind: 'crashed',
      explanation: expect.stringMatching(/^agent process: expected lines of .*, got "Hello": it is no JSON$/),
    });
    const impatient = join(directory, 'impatient.json');
    await writeFile(impatient, JSON.stringify([{ ...rubbish?.scenario, limits: { wallSeconds: 1 } }]));
    const [silence] = await rehearse('silence', ['--agent-command', 'sleep 60', ...one], impatient);
    expect(silence?.ending).toEqual({ kind: 'cut-off', explanation: 'the wall limit of 1 s was reached' });
  });
});
