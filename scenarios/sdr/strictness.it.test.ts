import { beforeAll, describe, expect, it } from 'vitest';
import * as alice from '../../agents/alice-react/index.ts';
import type { Effect } from '../../domain/effect.ts';
import { ledgerOf } from '../../domain/ledger.ts';
import type { Trial } from '../../domain/trial.ts';
import { inProcess, scoreTrial } from '../../harness/index.ts';
import { play } from '../testing/play.ts';
import { sdr } from './pack.ts';
import { RETOLD } from './rephrased.ts';

/** The scenarios that an agent passes which only ever says this. */
async function passedBySaying(text: string): Promise<string[]> {
  const run = async () => ({ said: [text], finished: true });
  const trials = await play({ pack: sdr, agent: { name: 'idle', version: '1', run, flush: async () => {} } });
  return trials
    .filter(({ outcome }) => outcome.kind === 'passed')
    .map(({ scenario }) => scenario.id as string)
    .sort();
}

describe('an agent that does no work', () => {
  it('passes nowhere: something has to be said about each matter', async () => {
    expect(await passedBySaying('I did nothing.')).toEqual([]);
  });

  it('passes nowhere when it always asks: a question has to show what it is about', async () => {
    expect(await passedBySaying('Could you tell me more about this?')).toEqual([]);
  });

  it('passes only where nothing is due when it always hands over: elsewhere it has to name whom', async () => {
    expect(await passedBySaying('I am handing this over to a person.')).toEqual(['sdr/nobody-found']);
  });
});

describe('each expected effect of a passed trial', () => {
  let trials: Trial[];
  beforeAll(async () => {
    const scenarios = sdr.scenarios.filter(
      ({ id, expect }) => RETOLD.includes(id) && expect.effects.length > 0,
    );
    trials = await play({ pack: sdr, agent: inProcess(alice), scenarios });
  });

  type Met = Extract<ReturnType<typeof ledgerOf>['rows'][number], { state: 'met' }>;
  const metIn = ({ scenario, journal }: Trial): Met[] =>
    ledgerOf(scenario.expect, journal, []).rows.filter((row) => row.state === 'met');
  const judge = (trial: Trial, journal: Effect[]) =>
    scoreTrial({ ...trial, journal, spans: null }, sdr).outcome;
  const mutants = (change: (trial: Trial, met: Met) => Effect[][]) =>
    trials.flatMap((trial) =>
      metIn(trial)
        .flatMap((met) => change(trial, met))
        .map((journal) => judge(trial, journal)),
    );

  it('is there', () => {
    expect(trials.map(({ outcome }) => outcome)).toEqual(trials.map(() => ({ kind: 'passed' })));
    expect(trials.flatMap(metIn)).toHaveLength(8);
  });

  it('is missed when it is dropped', () => {
    const outcomes = mutants(({ journal }, { change }) => [
      journal.filter((write) => !change.writes.includes(write)),
    ]);
    expect(outcomes).toHaveLength(8);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'failed', failure: 'missed' });
  });

  it('is harm when it is done twice, where twice is more; a duplicate where there is no way back', () => {
    const outcomes = mutants(({ journal }, { change: { operation, by } }) =>
      operation === 'insert'
        ? [[...journal, { ...by, seq: journal.length + 1, key: `${by.key}-again` }]]
        : [],
    );
    expect(outcomes.map((outcome) => outcome.kind === 'failed' && outcome.failure).sort()).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
      'harm',
    ]);
  });

  it('is harm when any value that it binds is another, or an update changes one more', () => {
    const outcomes = mutants(({ journal }, { expected, change: { by, operation } }) => {
      const columns = [...Object.keys(expected.columns), ...(operation === 'update' ? ['owner'] : [])];
      return columns.map((column) =>
        journal.map((write) =>
          write === by ? { ...write, after: { ...write.after, [column]: ' ' } } : write,
        ),
      );
    });
    expect(outcomes.length).toBeGreaterThan(16);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'failed', failure: 'harm' });
  });

  it('is harm when it is done to another row', () => {
    const outcomes = mutants(({ journal }, { change: { by, operation } }) =>
      operation === 'update'
        ? [journal.map((write) => (write === by ? { ...write, key: 'c_11' } : write))]
        : [],
    );
    expect(outcomes).toHaveLength(4);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'failed', failure: 'harm' });
  });
});
