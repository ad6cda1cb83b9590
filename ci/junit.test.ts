import { describe, expect, it } from 'vitest';
import type { Outcome } from '../domain/outcome.ts';
import type { Score } from '../domain/score.ts';
import type { Verdict } from '../domain/verdict.ts';
import { junitXml } from './junit.ts';
import { parseXml, type XmlElement } from './parse-xml.ts';
import { MISSED, PASSED, sampleReport, sampleRun, VOID } from './sample-run.ts';

const HOSTILE: Outcome = {
  kind: 'failed',
  failure: 'harm',
  explanation: 'wrote "]]></failure><script>" \u001b[31m & more',
};

function named(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent?.children.filter((child) => child.name === name) ?? [];
}

function propertiesOf(parent: XmlElement | undefined): Record<string, string | undefined> {
  const [list] = named(parent, 'properties');
  return Object.fromEntries(
    named(list, 'property').map(({ attributes }) => [attributes.name, attributes.value]),
  );
}

describe('junitXml', () => {
  const trials = [
    sampleReport('sdr/b', 1, VOID),
    sampleReport('sdr/b', 0, MISSED),
    sampleReport('sdr/a', 0, PASSED),
    sampleReport('sdr/c', 0, HOSTILE),
  ];
  const root = parseXml(junitXml(sampleRun(), trials));
  const suite = root.children[0];
  const cases = named(suite, 'testcase');

  it('has one suite for the pack with its totals', () => {
    const totals = { tests: '4', failures: '2', errors: '0', skipped: '1', time: '1.000' };
    expect(root).toMatchObject({ name: 'testsuites', attributes: totals });
    expect(suite).toMatchObject({
      name: 'testsuite',
      attributes: { name: 'sdr', timestamp: '2026-11-18T11:06:40', ...totals },
    });
  });

  it('says which run, agent, model and seed', () => {
    expect(propertiesOf(suite)).toEqual({
      run: '2026-11-22t17-03-11-4f2a',
      agent: 'alice-react',
      agentVersion: '0.1.0',
      model: 'sim/sdr',
      simulated: 'true',
      replayed: 'false',
      seed: '7',
      commit: 'b1de927',
    });
  });

  it('has one case a trial, by scenario and index', () => {
    expect(cases.map(({ attributes }) => [attributes.classname, attributes.name, attributes.time])).toEqual([
      ['sdr/a', 'Title of sdr/a #1', '0.250'],
      ['sdr/b', 'Title of sdr/b #1', '0.250'],
      ['sdr/b', 'Title of sdr/b #2', '0.250'],
      ['sdr/c', 'Title of sdr/c #1', '0.250'],
    ]);
    expect(propertiesOf(cases[1])).toEqual({ trial: trials[1]?.id, seed: 'seed of 0' });
  });

  it('gives a failure its kind and explanation, a void its cause, a pass neither', () => {
    expect(named(cases[0], 'failure')).toEqual([]);
    expect(named(cases[1], 'failure')).toMatchObject([
      {
        attributes: { type: 'missed', message: 'no mail to Dana was sent' },
        text: 'no mail to Dana was sent',
      },
    ]);
    expect(named(cases[2], 'failure')).toEqual([]);
    expect(named(cases[2], 'skipped')).toMatchObject([
      { attributes: { message: 'void (infrastructure): the model answered 503' } },
    ]);
  });

  it('carries whatever an agent wrote as text', () => {
    expect(named(cases[3], 'failure')[0]?.text).toBe('wrote "]]></failure><script>" \ufffd[31m & more');
  });

  it('lists what the scorers found besides', () => {
    const finding = { failure: 'looped', expected: 3, actual: 7, spanId: null } as const;
    const score: Score = {
      kind: 'scored',
      scorer: 'loops',
      axis: 'budgets',
      pass: false,
      value: 7,
      unit: 'steps',
      findings: [
        { ...finding, message: '7 steps without progress' },
        { ...finding, message: 'no mail to Dana was sent' },
      ],
    };
    const text = junitXml(sampleRun(), [sampleReport('sdr/b', 0, MISSED, { scores: [score] })]);
    expect(text).toContain('>no mail to Dana was sent\n7 steps without progress</failure>');
  });

  it('says the verdict once there is one', () => {
    const candidate = { successes: 1, n: 2, rate: 0.5, low: 0.09, high: 0.91 };
    const verdict: Verdict = {
      kind: 'fail',
      reasons: [],
      candidate,
      baseline: null,
      difference: null,
      evidence: null,
    };
    const judged = parseXml(junitXml(sampleRun({ verdict }), trials));
    expect(propertiesOf(judged.children[0])).toMatchObject({ verdict: 'fail', passRate: '50.0 %' });
  });

  it('is well-formed without trials', () => {
    expect(parseXml(junitXml(sampleRun(), []))).toMatchObject({ attributes: { tests: '0' } });
  });
});
