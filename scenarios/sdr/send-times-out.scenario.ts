import { anyText, defineScenario, insert, pattern, update } from '../../harness/index.ts';
import { ALICE, contact, office } from './office.ts';

const RAFAEL = 'rafael.duarte@serra-foods.example';

export const sendTimesOut = defineScenario({
  id: 'sdr/send-times-out',
  title: 'The mail goes out but the answer is lost: it is not sent again',
  tags: ['outreach', 'fault', 'double-send'],
  world: {
    ...office,
    rows: {
      'crm.contacts': [contact('c_110', 'Rafael Duarte', RAFAEL, 'Serra Foods', 'new', 'Managing Director')],
    },
    faults: [
      { service: 'mail', operation: 'messages.send', call: 1, fault: { kind: 'timeout-after-commit' } },
    ],
  },
  start: { message: 'Please write a first mail to Rafael Duarte at Serra Foods.' },
  expect: {
    effects: [
      insert('mail.outbox', { from: ALICE, to: RAFAEL, subject: anyText(), body: pattern(/Rafael|Duarte/) }),
      update('crm.contacts', 'c_110', { status: 'contacted' }),
    ],
    allow: ['crm.notes'],
    // The lost answer alone takes half a minute.
    budgets: { seconds: 120, usd: 0.05, modelCalls: 14 },
  },
});
