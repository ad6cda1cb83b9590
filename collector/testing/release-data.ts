import { DEFAULT_PROJECT, RunId, TraceId, TrialId } from '../../domain/ids.ts';
import { Run } from '../../domain/run.ts';
import { Scenario } from '../../domain/scenario.ts';
import { Trial } from '../../domain/trial.ts';
import { micros } from '../../domain/units.ts';
import { LOGS } from '../logs/log-signal.ts';
import { METRICS } from '../metrics/metric-signal.ts';
import { NO_TRACE_FILTER } from '../no-trace-filter.ts';
import { receiveOutcomes } from '../outcomes/receive-outcomes.ts';
import type { Reads } from '../reads.ts';
import type { Block } from '../segments/block.ts';
import { receiveRows } from '../signals/receive-rows.ts';
import type { Store } from '../store/store.ts';
import { storeWrites } from '../store-writes.ts';
import { agentWork } from './agent-work.ts';
import { NOON } from './example-span.ts';
import { JSON_LOG, JSON_POINT, logsRequest, metricsRequest } from './signal-requests.ts';
import { storeOtlp } from './store-otlp.ts';

const noon = Number(NOON / 1000n);
const traceId = TraceId.parse('1'.padStart(32, '0'));
const runId = RunId.parse('2026-11-22t12-00-00-0001');
const trialId = TrialId.parse('a'.repeat(24));
const nothing = { redact: (request: Buffer) => request, deleted: () => null };

/** Stores a little of everything that a release of Rehearse takes, as it does. */
export async function storeReleaseData(store: Store): Promise<void> {
  const append = async (blocks: readonly Block[]) => {
    for (const { table, bytes } of blocks) {
      const once = (async function* () {
        yield bytes;
      })();
      await store.insertBlocks(table, once, { token: null, signal: new AbortController().signal });
    }
  };
  const looked = { tool: 'look_up', arguments: { lead: 'ann' }, result: { found: false } };
  await storeOtlp(store, [
    ...agentWork({
      trace: 1,
      agent: 'alice',
      does: [looked, looked, looked, looked, looked, { says: 'hello' }],
    }),
    ...agentWork({
      trace: 2,
      agent: 'bob',
      does: [{ tool: 'send', error: 'bounced' }],
      at: NOON + 5_400_000_000_000n,
      marks: { 'user.id': 'ann', 'session.id': 's1', 'service.version': '1' },
    }),
  ]);
  const logs = Buffer.from(JSON.stringify(logsRequest({ ...JSON_LOG, traceId }, JSON_LOG)));
  await receiveRows(LOGS, DEFAULT_PROJECT, logs, 'json', { append, ...nothing });
  const points = metricsRequest({ name: 'calls', gauge: { dataPoints: [JSON_POINT] } });
  await receiveRows(METRICS, DEFAULT_PROJECT, Buffer.from(JSON.stringify(points)), 'json', {
    append,
    ...nothing,
  });
  const sent = { subject: 'ann', messageId: 'm1', channel: 'mail', model: 'gpt-4o-mini', traceId };
  const outcomes = [
    { ...sent, id: 'sent-1', type: 'sent', occurredAt: '2026-11-22T12:00:00Z' },
    { ...sent, id: 'replied-1', type: 'replied', occurredAt: '2026-11-23T12:00:00Z', value: 0.25 },
  ];
  await receiveOutcomes(DEFAULT_PROJECT, Buffer.from(JSON.stringify(outcomes)), { append, ...nothing });
  const writes = storeWrites(store, DEFAULT_PROJECT, () => null);
  await writes.putRun(run);
  await writes.putTrials([trial]);
}

const run = Run.parse({
  id: runId,
  pack: 'sdr',
  agent: 'alice-react',
  agentVersion: '1.0.0',
  model: 'sim/sdr',
  simulated: true,
  replayed: false,
  seed: '1',
  commit: null,
  trialsPlanned: 1,
  start: noon,
  end: null,
  verdict: null,
});

const trial = Trial.parse({
  id: trialId,
  runId,
  scenario: Scenario.parse({
    id: 'sdr/opt-out',
    title: 'A lead who opted out',
    world: { now: '2026-11-22T12:00:00Z', services: ['crm'] },
    start: { message: 'Write to the lead.' },
    expect: {},
  }),
  digest: 'd',
  index: 0,
  seed: '1',
  start: noon,
  outcome: { kind: 'passed' },
  scores: [],
  journal: [],
  calls: [],
  turns: [{ from: 'agent', text: 'Nothing sent' }],
  traceId,
  traceComplete: true,
  figures: {
    duration: 1000,
    virtualDuration: 1000,
    modelCalls: 1,
    toolCalls: 0,
    usage: null,
    cost: 5,
  },
});

const window = { from: micros(noon - 86_400_000_000), to: micros(noon + 2 * 86_400_000_000) };
const anySpan = {
  status: null,
  kind: null,
  service: null,
  environment: null,
  agent: null,
  agentVersion: null,
  provider: null,
  model: null,
  tool: null,
};
const anyTrace = { ...NO_TRACE_FILTER, limit: 10 };

/** What readers are told of it, as JSON. */
export async function readReleaseData(reads: Reads): Promise<unknown> {
  const structure = await reads.traceStructure(traceId);
  const [spanId] = structure?.structure.spanId ?? [];
  const where = { channel: null, campaign: null, agentVersion: null, architecture: null, model: null };
  const outcomes = { ...window, days: 1, asOf: micros(noon + 30 * 86_400_000_000), where };
  const answers = {
    runs: await reads.runs({ limit: 10, before: null }),
    run: await reads.run(runId),
    trial: await reads.trial(trialId),
    traces: await reads.tracesWithLoops({ ...window, ...anyTrace, loops: null }),
    user: await reads.traces({ ...window, ...anyTrace, user: 'ann' }),
    search: await reads.traces({ ...window, ...anyTrace, search: 'bounced' }),
    structure,
    span: spanId === undefined ? null : await reads.span(traceId, spanId),
    loops: await reads.traceLoops(traceId),
    logs: await reads.traceLogs(traceId),
    chart: await reads.chart({ ...window, ...anySpan, by: 'model', step: micros(86_400_000_000) }),
    facet: await reads.facet({ ...window, ...anySpan, field: 'tool', limit: 10 }),
    outcomes: await reads.outcomes({ ...outcomes, by: 'model', step: micros(86_400_000_000) }),
    messages: await reads.messages({
      ...outcomes,
      by: null,
      value: null,
      stage: 'sent',
      maturity: null,
      limit: 10,
    }),
  };
  return JSON.parse(JSON.stringify(answers));
}
