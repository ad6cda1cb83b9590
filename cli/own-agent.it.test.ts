import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fencedBlocks } from '../ci/markdown.ts';
import { type Collector, startCollector } from '../collector/server.ts';
import type { KeySummary } from '../domain/access.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { commandHere } from './command.ts';

const folder = join(import.meta.dirname, '../docs/how-to');
const example = join(folder, 'my-agent.ts');

describe('docs/how-to/rehearse-your-agent.md', () => {
  let directory: string;
  let collector: Collector;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rehearse-own-agent-'));
    collector = await startCollector({ dataDirectory: join(directory, 'data'), port: 0 });
  });
  afterAll(async () => {
    await collector?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('shows the file that is run here', () => {
    const page = readFileSync(join(folder, 'rehearse-your-agent.md'), 'utf8');
    expect(fencedBlocks(page, 'ts').map((text) => text.trim())).toEqual([
      readFileSync(example, 'utf8').trim(),
    ]);
  });

  it('has an agent whose trials are judged, and whose spans are tied to them', async () => {
    const some = ['sdr/nobody-found', ...sdr.scenarios.slice(0, 5).map(({ id }) => id)];
    const { exit, out } = await commandHere(
      [
        ...['run', 'sdr', '--agent', example, '--trials', '1', '--out', join(directory, 'own.jsonl')],
        ...['--baseline', join(import.meta.dirname, '../scenarios/sdr/baseline.json')],
        ...some.flatMap((id) => ['--scenario', id]),
      ],
      { REHEARSE_URL: collector.url },
    );
    expect(out).toMatch(/6 scenarios +1✓ 5✗/);
    expect(out).toMatch(/CANNOT MEASURE[\s\S]*baseline-of-another-agent/);
    expect(exit).toBe(3);

    const runId = /runs\/(\S+)/.exec(out)?.[1];
    const { trials } = await (await fetch(`${collector.url}/api/runs/${runId}`)).json();
    for (const { id } of trials) {
      const { trial } = await (await fetch(`${collector.url}/api/trials/${id}`)).json();
      expect(trial).toMatchObject({ traceComplete: true, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    }
  });

  it('is given a key for the time of its run where the collector asks for one', async () => {
    const owner = { authorization: `Bearer ${collector.localKey}`, 'content-type': 'application/json' };
    const keys = async (init = {}) =>
      (await fetch(`${collector.url}/api/keys`, { headers: owner, ...init })).json();
    await keys({ method: 'POST', body: JSON.stringify({ name: 'first', scopes: ['read'] }) });
    const out = join(directory, 'guarded.jsonl');
    const scenario = ['--scenario', 'sdr/reply/opts-out', '--trials', '1', '--workers', '1'];
    const ended = await commandHere(
      ['run', 'sdr', '--agent', example, ...scenario, '--out', out, '--data', join(directory, 'data')],
      { REHEARSE_URL: collector.url },
    );
    expect(ended.error).not.toMatch(/UNAUTHENTICATED/);
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    const trials = lines.map((line) => JSON.parse(line).trial).filter((trial) => trial !== undefined);
    expect(trials).toMatchObject([{ traceComplete: true, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
    const [first, lent] = (await keys()).keys.toSorted(
      (a: KeySummary, b: KeySummary) => a.createdAt - b.createdAt,
    );
    expect([first.revokedAt, lent.scopes]).toEqual([null, ['ingest', 'read']]);
    expect(lent.revokedAt).not.toBeNull();
    expect(process.env.REHEARSE_KEY).toBeUndefined();
    const stored = await fetch(`${collector.url}/api/trials/${trials[0].id}`, { headers: owner });
    expect(stored.status).toBe(200);
  });
});
