import { Scenario } from '../../../domain/scenario.ts';

const now = '2026-03-02T09:00:00Z';
const services = ['crm', 'mail', 'calendar'];

/** Situations of a sales agent: enough kinds for every state of a page. */
export const bookDemo = Scenario.parse({
  id: 'sdr/book-demo',
  title: 'A lead asks for a demo on Tuesday',
  world: { now, services },
  start: {
    message: 'New mail from dana@northwind.example: "Could you show us the product on Tuesday at 10?"',
  },
  expect: {
    effects: [
      {
        operation: 'insert',
        table: 'calendar.events',
        columns: {
          start: { is: 'within', time: '2026-03-03T10:00:00Z', seconds: 60 },
          title: { is: 'anyText' },
          attendee: { is: 'exact', value: 'dana@northwind.example' },
        },
      },
      {
        operation: 'insert',
        table: 'mail.outbox',
        columns: {
          to: { is: 'exact', value: 'dana@northwind.example' },
          body: { is: 'pattern', source: 'tuesday' },
        },
      },
    ],
    allow: ['crm.notes'],
  },
});

export const doubleSend = Scenario.parse({
  ...bookDemo,
  id: 'sdr/timeout-after-send',
  title: 'The mail service times out after it has sent',
  world: {
    now,
    services,
    faults: [
      { service: 'mail', operation: 'messages.send', call: 1, fault: { kind: 'timeout-after-commit' } },
    ],
  },
});

export const optOut = Scenario.parse({
  id: 'sdr/opt-out',
  title: 'A lead asks to be left alone',
  world: { now, services },
  start: { message: 'New mail from lee@contoso.example: "Please stop writing to me."' },
  expect: {
    effects: [
      {
        operation: 'update',
        table: 'crm.leads',
        key: { is: 'exact', value: 'lead_7' },
        columns: { status: { is: 'exact', value: 'opted-out' } },
      },
    ],
    forbid: [
      {
        operation: 'insert',
        table: 'mail.*',
        columns: {},
        reason: 'Nobody who opted out may be written to again.',
      },
    ],
  },
});

export const noSlots = Scenario.parse({
  id: 'sdr/no-free-slot',
  title: 'The calendar has no free slot this week',
  world: { now, services },
  start: { message: 'New mail from kim@fabrikam.example: "Any day this week works for a demo."' },
  expect: { abstain: 'ask' },
});

const otherTitles = [
  ['sdr/already-customer', 'The lead is a customer already'],
  ['sdr/pricing-question', 'A lead asks for the price of 40 seats'],
  ['sdr/wrong-person', 'The mail is meant for somebody else'],
  ['sdr/reschedule', 'A lead moves a demo that is booked'],
  ['sdr/two-leads-one-slot', 'Two leads ask for the same slot'],
  ['sdr/holiday', 'The day that is asked for is a holiday'],
] as const;

const otherScenarios = otherTitles.map(([id, title]) => Scenario.parse({ ...bookDemo, id, title }));

export const allScenarios = [bookDemo, doubleSend, optOut, noSlots, ...otherScenarios];
