import { describe, expect, it } from 'vitest';
import { defineScenario } from '../scenario/define-scenario.ts';
import { insert } from '../scenario/effects.ts';
import { fault } from '../scenario/faults.ts';
import { call } from '../scenario/steps.ts';
import { scoreTrial } from '../scorers/score-trial.ts';
import { mail } from '../world/services/mail.ts';
import { judgeMutants } from './judge-mutants.ts';
import { playSteps } from './play-steps.ts';

const pack = { services: [mail], fixtures: {} };
const send = (to: string, idempotencyKey?: string) =>
  call('mail', 'messages.send', {
    body: { to, subject: 'Hello', body: 'Are you there?' },
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });

const twoLetters = (kind: 'timeout-after-commit' | 'duplicate', steps: ReturnType<typeof send>[]) =>
  defineScenario({
    id: 'mail/two-letters',
    title: 'Two letters, of which the first meets a fault',
    world: {
      now: '2026-03-02T09:00:00Z',
      services: ['mail'],
      rows: { 'mail.accounts': [{ address: 'alice@us.test' }] },
      faults: [fault('mail', 'messages.send', kind, { call: 1 })],
    },
    start: { message: 'Write to Lee and Kim.' },
    expect: {
      effects: [
        insert('mail.outbox', { to: 'lee@acme.test' }),
        insert('mail.outbox', { to: 'kim@acme.test' }),
      ],
    },
    reference: { steps },
  });

describe.each([
  ['timeout-after-commit', [send('lee@acme.test', 'k'), send('lee@acme.test', 'k'), send('kim@acme.test')]],
  ['duplicate', [send('lee@acme.test', 'k'), send('kim@acme.test')]],
] as const)('a reference that meets %s', (kind, steps) => {
  const scenario = twoLetters(kind, [...steps]);

  it('does it right by a key', async () => {
    const { record } = await playSteps(scenario.reference?.steps ?? [], scenario, pack);
    expect(scoreTrial(record, pack).outcome).toEqual({ kind: 'passed' });
    expect(record.figures.toolCalls).toBe(steps.length);
  });

  it('has no mutant that gets away, its doubles among them', async () => {
    const mutants = await judgeMutants(scenario, pack);
    expect(mutants.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    const doubles = mutants.filter((mutant) => mutant.kind === 'double');
    expect(doubles.map(({ outcome }) => outcome)).toEqual([
      expect.objectContaining({ failure: 'duplicate' }),
      expect.objectContaining({ failure: 'duplicate' }),
    ]);
  });
});
