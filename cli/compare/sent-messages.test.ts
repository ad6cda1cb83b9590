import { describe, expect, it } from 'vitest';
import type { Effect } from '../../domain/effect.ts';
import { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import { micros } from '../../domain/units.ts';
import { sentMessages } from './sent-messages.ts';

const contact = {
  id: 'c_1',
  name: 'Lee Okafor',
  email: 'lee@mill.example',
  company: 'Mill',
  title: 'Buyer',
  status: 'new',
};
const mail = (about: object): Effect =>
  ({
    seq: 1,
    at: micros(Date.parse('2026-03-02T09:00:00Z') * 1000),
    service: 'mail',
    table: 'mail.outbox',
    operation: 'insert',
    key: 'msg_1',
    before: null,
    after: { to: 'Lee@mill.example', subject: 'Mill', body: 'Hi Lee', thread_id: 'th_9', ...about },
  }) as unknown as Effect;

function trial(journal: readonly Effect[], rows: Record<string, object[]>): Trial {
  const scenario = Scenario.parse({
    id: 'sdr/x',
    title: 'x',
    world: {
      now: '2026-03-02T09:00:00Z',
      services: ['crm', 'mail'],
      fixtures: ['directory'],
      rows: { 'crm.contacts': [contact], ...rows },
    },
    start: { message: 'x' },
    expect: { abstain: 'no-write' },
  });
  return { scenario, journal } as unknown as Trial;
}

const fixtures = {
  directory: {
    'companies.companies': [{ domain: 'mill.example', name: 'Mill', description: 'Mills flour.' }],
    'companies.news': [{ id: 'n', domain: 'mill.example', title: 'Mill turns ten' }],
  },
};

describe('sentMessages', () => {
  it('reads each first message as its reader does, with what went before', () => {
    const earlier = { id: 'm_0', to: 'lee@mill.example', thread_id: 'th_0', sent_at: '2026-03-01T09:00:00Z' };
    const [first, second] = sentMessages(
      trial([mail({}), mail({ body: 'Hi Lee, I read that Mill turns ten.' })], { 'mail.outbox': [earlier] }),
      { fixtures },
    );
    expect(first?.touch).toMatchObject({ relevance: 0.35, trueClaims: 0 });
    expect(first?.standing).toMatchObject({ earlier: 1, optedOut: false });
    expect(second?.touch.relevance).toBeCloseTo(0.85);
    expect(second?.standing.earlier).toBe(2);
  });

  it('knows who opted out, and leaves out answers to who wrote', () => {
    const optedOut = { 'crm.contacts': [{ ...contact, status: 'opted_out' }] };
    expect(sentMessages(trial([mail({})], optedOut), { fixtures })[0]?.standing.optedOut).toBe(true);
    const wrote = { 'mail.inbox': [{ id: 'm_1', thread_id: 'th_9', from: 'lee@mill.example' }] };
    expect(sentMessages(trial([mail({})], wrote), { fixtures })).toEqual([]);
  });
});
