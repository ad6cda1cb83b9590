import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as alice from '../../agents/alice-react/index.ts';
import { Run } from '../../domain/run.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import { inProcess, openDoor, runTrials } from '../../harness/index.ts';
import { sdr } from './pack.ts';
import { RETOLD, renumbered, rephrased } from './rephrased.ts';

const exporter = new InMemorySpanExporter();
const telemetry = alice.startTelemetry({ exporter });
const door = openDoor({ passthrough: [] });
afterAll(async () => {
  door.close();
  await telemetry.shutdown();
});

/** Runs the scenarios with the simulated model of that name. */
async function play(modelName: string, scenarios: readonly Scenario[], trialsPerScenario = 1) {
  const model = sdr.models.find(({ name }) => name === modelName);
  if (!model) throw new Error(`the pack has no model ${modelName}`);
  const run = Run.parse({
    id: `test-${modelName.replace('+', '-')}`,
    pack: sdr.name,
    agent: alice.name,
    agentVersion: alice.version,
    model: modelName,
    simulated: true,
    replayed: false,
    seed: 'sdr',
    commit: null,
    trialsPlanned: scenarios.length * trialsPerScenario,
    start: 0,
    end: null,
    verdict: null,
  });
  const trials: Trial[] = [];
  await runTrials({
    run,
    pack: sdr,
    scenarios,
    agent: inProcess(alice),
    model,
    door,
    spans: null,
    trialsPerScenario,
    concurrency: 4,
    signal: new AbortController().signal,
    onTrial: (trial) => void trials.push(trial),
  });
  return trials;
}

function failures(trials: readonly Trial[]) {
  return trials
    .filter(({ outcome }) => outcome.kind !== 'passed')
    .map(({ scenario, outcome }) => ({ scenario: scenario.id, ...outcome }));
}

/** The scenarios that are written one by one: enough to see how the model, the trace and the journal hang together. */
const some = sdr.scenarios.filter(({ id }) => RETOLD.includes(id));

describe('the pack', () => {
  it('has forty scenarios and more of its own name, a fifth of them to do nothing', () => {
    const { scenarios } = sdr;
    expect(scenarios.length).toBeGreaterThanOrEqual(40);
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
    expect(scenarios.every(({ id }) => id.startsWith('sdr/'))).toBe(true);
    const abstaining = scenarios.filter(({ expect: { abstain } }) => abstain !== null);
    expect(abstaining.length).toBeGreaterThanOrEqual(scenarios.length / 5);
    expect(abstaining.every(({ tags }) => tags.includes('do-nothing'))).toBe(true);
  });
});

describe('Alice with sim/sdr', () => {
  it('passes every scenario', async () => {
    const trials = await play('sim/sdr', sdr.scenarios);
    expect(trials).toHaveLength(sdr.scenarios.length);
    expect(failures(trials)).toEqual([]);
  });

  it('passes whatever the wording', async () => {
    const trials = await play('sim/sdr', some, 5);
    expect(failures(trials)).toEqual([]);
    const bodies = trials
      .filter(({ scenario }) => scenario.id === 'sdr/first-touch')
      .map(({ journal }) => journal[0]?.after?.body);
    expect(new Set(bodies).size).toBeGreaterThan(1);
  });

  it('passes with other people, companies, dates and requests', async () => {
    const scenarios = some.map(rephrased);
    expect(JSON.stringify(scenarios)).not.toMatch(/Priya|Jonas|Ferrostack|c_1\d\d|2026-03/);
    expect(failures(await play('sim/sdr', scenarios))).toEqual([]);
  });

  it('passes with other ids', async () => {
    const scenarios = sdr.scenarios.filter(({ id }) => !RETOLD.includes(id)).map(renumbered);
    expect(JSON.stringify(scenarios)).not.toMatch(/\bc_[2-9]\d\d|\bth_\d/);
    expect(failures(await play('sim/sdr', scenarios))).toEqual([]);
  });

  it('gives the same journal for the same seed', async () => {
    const withoutSpans = (trials: readonly Trial[]) =>
      trials.map(({ id, journal }) => ({
        id,
        journal: journal.map((effect) => ({
          ...effect,
          call: { ...effect.call, spanId: null, traceId: null },
        })),
      }));
    const byId = (a: Trial, b: Trial) => a.id.localeCompare(b.id);
    const [first, second] = [await play('sim/sdr', some), await play('sim/sdr', some)];
    expect(withoutSpans(first.sort(byId))).toEqual(withoutSpans(second.sort(byId)));
  });
});

describe('the planted misbehaviours', () => {
  it('the double send fails where the answer is lost, and nowhere else', async () => {
    expect(failures(await play('sim/sdr+resends', some))).toEqual([
      {
        scenario: 'sdr/send-times-out',
        kind: 'failed',
        failure: 'duplicate',
        explanation: expect.stringMatching(
          /mail\.outbox .*rafael\.duarte@serra-foods\.example.* 2 times, 1 expected/,
        ),
      },
    ]);
  });

  it('the loop fails where nothing is found, and nowhere else', async () => {
    expect(failures(await play('sim/sdr+loops', some))).toEqual([
      {
        scenario: 'sdr/nobody-found',
        kind: 'failed',
        failure: 'looped',
        explanation: expect.stringMatching(/19 steps in a row brought nothing new.*contacts\.search/),
      },
    ]);
  });
});

describe('journal and trace', () => {
  let trials: Trial[];
  beforeAll(async () => {
    await alice.flush();
    exporter.reset();
    trials = await play('sim/sdr', some);
    await alice.flush();
  });

  it('meet: each effect names the tool span that caused it, in the trace of its trial', () => {
    const tools = new Map(
      exporter
        .getFinishedSpans()
        .filter(({ name }) => name.startsWith('execute_tool'))
        .map((span) => [span.spanContext().spanId, span]),
    );
    const effects = trials.flatMap(({ id, journal }) => journal.map((effect) => ({ id, effect })));
    expect(effects.length).toBeGreaterThanOrEqual(8);
    const toolOf = {
      'mail.outbox': 'send_mail',
      'crm.contacts': 'update_contact',
      'calendar.events': 'book_meeting',
    };
    for (const { id, effect } of effects) {
      const span = tools.get(effect.call.spanId ?? '');
      expect(span?.attributes['gen_ai.tool.name']).toBe(toolOf[effect.table as keyof typeof toolOf]);
      expect(span?.attributes['rehearse.trial.id']).toBe(id);
      expect(span?.spanContext().traceId).toBe(effect.call.traceId);
    }
  });

  it('every span carries run, trial and scenario; a trial is one trace with one root', () => {
    const spans = exporter.getFinishedSpans();
    const byTrial = Map.groupBy(spans, ({ attributes }) => String(attributes['rehearse.trial.id']));
    expect(new Set(byTrial.keys())).toEqual(new Set(trials.map(({ id }) => id)));
    for (const { id, scenario } of trials) {
      const own = byTrial.get(id) ?? [];
      expect(new Set(own.map((span) => span.spanContext().traceId)).size).toBe(1);
      expect(own.filter(({ parentSpanContext }) => !parentSpanContext).map(({ name }) => name)).toEqual([
        'invoke_agent alice-react',
      ]);
      expect(own.every(({ attributes }) => attributes['rehearse.scenario.id'] === scenario.id)).toBe(true);
    }
  });

  it('count the same model calls and tokens', () => {
    const chats = exporter.getFinishedSpans().filter(({ name }) => name === 'chat sim/sdr');
    const sum = (key: string) => chats.reduce((total, span) => total + Number(span.attributes[key]), 0);
    const total = (pick: (trial: Trial) => number | null | undefined) =>
      trials.reduce((all, trial) => all + (pick(trial) ?? Number.NaN), 0);
    expect(chats).toHaveLength(total(({ figures }) => figures.modelCalls));
    expect(sum('gen_ai.usage.input_tokens')).toBe(total(({ figures }) => figures.usage?.input));
    expect(sum('gen_ai.usage.output_tokens')).toBe(total(({ figures }) => figures.usage?.output));
  });
});
