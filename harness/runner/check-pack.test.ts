import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../domain/scenario.ts';
import { defineScenario } from '../scenario/define-scenario.ts';
import { calendar } from '../world/services/calendar.ts';
import { crm } from '../world/services/crm.ts';
import { mail } from '../world/services/mail.ts';
import { checkPack } from './check-pack.ts';

const check = (expectations: ScenarioInput['expect'], rows: ScenarioInput['world']['rows'] = {}) => {
  const scenario = defineScenario({
    id: 'sdr/one',
    title: 'One',
    world: { now: '2026-03-02T09:00:00Z', services: ['crm', 'mail'], rows },
    start: { message: 'Go.' },
    expect: expectations,
  });
  const checks = { tone: { version: 2, check: () => [] } };
  checkPack({ scenarios: [scenario], services: [crm, mail, calendar], fixtures: {}, checks });
};
const effect = (table: string) => ({ operation: 'insert' as const, table, columns: {} });

describe('checkPack', () => {
  it('accepts tables of the world, whole services, and rules about services that are not in it', () => {
    check({
      effects: [effect('mail.outbox'), effect('crm.*')],
      allow: ['crm.notes', 'calendar.*'],
      forbid: [{ ...effect('calendar.events'), reason: 'No meeting.' }],
      checks: [{ name: 'tone', version: 2 }],
    });
  });

  it.each([
    [
      { effects: [effect('mial.outbox')] },
      /^sdr\/one: expected a known table of an expected effect \(.*mail\.outbox.*got "mial\.outbox"/,
    ],
    [{ effects: [effect('mail.outbx')] }, /got "mail\.outbx"/],
    [{ effects: [effect('calendar.events')] }, /got "calendar\.events"/],
    [{ anyOf: [{ title: 'Writes', effects: [effect('mail.outbx')] }] }, /got "mail\.outbx"/],
    [
      { milestones: [{ id: 'sent', when: { on: 'effect' as const, effect: effect('mail.outbx') } }] },
      /table of the milestone "sent" .*got "mail\.outbx"/,
    ],
    [{ checks: [{ name: 'tone', version: 1 }] }, /check and version \(one of tone 2\), got "tone 1"/],
    [{ checks: [{ name: 'tune', version: 2 }] }, /got "tune 2"/],
    [{ allow: ['crm.note'] }, /table to allow .*crm\.notes.*got "crm\.note"/],
    [{ forbid: [{ ...effect('sms.outbox'), reason: 'None.' }] }, /table to forbid .*got "sms\.outbox"/],
  ])('refuses %j', (expectations, message) => {
    expect(() => check(expectations)).toThrow(expect.objectContaining({ code: 'FIXTURE_UNKNOWN' }));
    expect(() => check(expectations)).toThrow(message);
  });

  it('refuses a row without its key, and says where', () => {
    expect(() => check({}, { 'crm.contacts': [{ name: 'Dana' }] })).toThrow(
      'sdr/one: world.rows["crm.contacts"][0]: expected a text or a whole number in the key column "id", got nothing',
    );
  });
});
