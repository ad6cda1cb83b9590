import { describe, expect, it } from 'vitest';
import { BusinessOutcome } from '../../domain/business-outcome.ts';
import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import { RedactionConfig } from '../redaction/redaction-config.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { receiveOutcomes } from './receive-outcomes.ts';
import { redactOutcomes } from './redact-outcomes.ts';

const redactor = createRedactor(RedactionConfig.parse('default'));
const redact = redactor?.redact ?? ((request) => request);
const sent = { id: 'm1', type: 'sent', occurredAt: '2026-11-02', messageId: 'm1', subject: 'lead-1' };
const outcome = (fields: object) => BusinessOutcome.parse({ ...sent, ...fields });

describe('redactOutcomes', () => {
  it('takes out of names what the rules name, and keeps the rest', () => {
    const campaign = 'to ada@example.com';
    expect(redactOutcomes([outcome({ campaign, channel: 'email' }), outcome({})], redact)).toEqual([
      outcome({ campaign: 'to [redacted:email]', channel: 'email' }),
      outcome({}),
    ]);
  });

  it.each(['id', 'subject', 'messageId'])('refuses an address as %s: two leads would become one', (key) => {
    const [refused] = redactOutcomes([outcome({ [key]: 'ada@example.com' })], redact);
    expect(refused).toMatch(new RegExp(`^${key}: expected a key of yours`));
  });

  it('is what is stored, item by item', async () => {
    const stored: Buffer[] = [];
    const append = async (blocks: readonly { bytes: Buffer }[]) => {
      stored.push(...blocks.map(({ bytes }) => bytes));
    };
    const body = Buffer.from(
      JSON.stringify([
        { ...sent, subject: 'ada@example.com' },
        { ...sent, campaign: 'bob@example.com' },
      ]),
    );
    const receipt = await receiveOutcomes(DEFAULT_PROJECT, body, { append, redact, deleted: () => null });
    expect(receipt).toMatchObject({ accepted: 1, rejected: 1, errors: [{ index: 0, id: 'm1' }] });
    expect(Buffer.concat(stored).toString('latin1')).not.toContain('example.com');
    expect(Buffer.concat(stored).toString('latin1')).toContain('[redacted:email]');
  });
});
