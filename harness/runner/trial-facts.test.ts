import { describe, expect, it } from 'vitest';
import { playSteps } from '../reference/play-steps.ts';
import { defineScenario } from '../scenario/define-scenario.ts';
import { call } from '../scenario/steps.ts';
import { mail } from '../world/services/mail.ts';
import { factsOf } from './trial-facts.ts';

/** The facts of a trial that sends one mail under each of the keys. */
async function facts(...keys: string[]) {
  const send = (idempotencyKey: string) =>
    call('mail', 'messages.send', {
      body: { to: 'lee@acme.test', subject: 'Hello', body: 'Hi' },
      idempotencyKey,
    });
  const scenario = defineScenario({
    id: 'mail/facts',
    title: 'Sends',
    world: {
      now: '2026-03-02T09:00:00Z',
      services: ['mail'],
      rows: { 'mail.accounts': [{ address: 'alice@us.test' }] },
    },
    start: { message: 'Send.' },
    expect: {},
    reference: { steps: keys.map(send) },
  });
  const { record } = await playSteps(scenario.reference?.steps ?? [], scenario, {
    services: [mail],
    fixtures: {},
  });
  return factsOf({
    ...record,
    outcome: { kind: 'passed' },
    turns: [...record.turns],
    calls: [...record.calls],
    journal: [...record.journal],
  });
}

describe('the facts of a trial', () => {
  it('are the same whatever its idempotency keys are called, and differ where other keys are alike', async () => {
    expect(await facts('a', 'b')).toEqual(await facts('x/1', 'x/2'));
    expect(await facts('a', 'a')).not.toEqual(await facts('a', 'b'));
  });
});
