import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as alice from '../../agents/alice-react/index.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import { inProcess } from '../../harness/index.ts';
import { failuresOf, play } from '../testing/play.ts';
import { sdr } from './pack.ts';
import { RETOLD, renumbered, rephrased } from './rephrased.ts';

const exporter = new InMemorySpanExporter();
const telemetry = alice.startTelemetry({ exporter });
afterAll(() => telemetry.shutdown());

const playWith = (model: string, scenarios: readonly Scenario[], trialsPerScenario = 1) =>
  play({ pack: sdr, agent: inProcess(alice), model, scenarios, trialsPerScenario });

/** The scenarios that are written one by one: enough to see how the model, the trace and the journal hang together. */
const some = sdr.scenarios.filter(({ id }) => RETOLD.includes(id));

describe('Alice with sim/sdr', () => {
  it('passes every scenario', async () => {
    const trials = await playWith('sim/sdr', sdr.scenarios);
    expect(trials).toHaveLength(sdr.scenarios.length);
    expect(failuresOf(trials)).toEqual([]);
  });

  it('passes whatever the wording', async () => {
    const trials = await playWith('sim/sdr', some, 3);
    expect(failuresOf(trials)).toEqual([]);
    const bodies = trials
      .filter(({ scenario }) => scenario.id === 'sdr/first-touch')
      .map(({ journal }) => journal[0]?.after?.body);
    expect(new Set(bodies).size).toBeGreaterThan(1);
  });

  it('passes with other people, companies, dates and requests', async () => {
    const scenarios = some.map(rephrased);
    expect(JSON.stringify(scenarios)).not.toMatch(/Priya|Jonas|Ferrostack|c_1\d\d|2026-03/);
    expect(failuresOf(await playWith('sim/sdr', scenarios))).toEqual([]);
  });

  it('passes with other ids', async () => {
    const scenarios = sdr.scenarios.filter(({ id }) => !RETOLD.includes(id)).map(renumbered);
    expect(JSON.stringify(scenarios)).not.toMatch(/\bc_[2-9]\d\d|\bth_\d/);
    expect(failuresOf(await playWith('sim/sdr', scenarios))).toEqual([]);
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
    const [first, second] = [await playWith('sim/sdr', some), await playWith('sim/sdr', some)];
    expect(withoutSpans(first.sort(byId))).toEqual(withoutSpans(second.sort(byId)));
  });
});

describe('the planted misbehaviours', () => {
  it('the double send fails where the answer is lost, and nowhere else', async () => {
    expect(failuresOf(await playWith('sim/sdr+resends', some))).toEqual([
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
    expect(failuresOf(await playWith('sim/sdr+loops', some))).toEqual([
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
    trials = await playWith('sim/sdr', some);
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
