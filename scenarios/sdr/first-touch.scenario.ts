import { anyText, defineScenario, insert, pattern, update } from '../../harness/index.ts';
import { ALICE, contact, office } from './office.ts';

export const firstTouch = defineScenario({
  id: 'sdr/first-touch',
  title: 'A new lead gets one first mail',
  tags: ['outreach'],
  world: {
    ...office,
    rows: {
      'crm.contacts': [
        contact(
          'c_101',
          'Priya Nair',
          'priya.nair@ferrostack.example',
          'Ferrostack',
          'new',
          'Head of Operations',
        ),
      ],
    },
  },
  start: {
    message:
      'New lead from the web form: Priya Nair, Head of Operations at Ferrostack. Please send her our first mail.',
  },
  expect: {
    effects: [
      insert('mail.outbox', {
        from: ALICE,
        to: 'priya.nair@ferrostack.example',
        subject: anyText(),
        body: pattern(/Priya|Nair/),
      }),
      update('crm.contacts', 'c_101', { status: 'contacted' }),
    ],
    allow: ['crm.notes'],
    budgets: { seconds: 60, usd: 0.05, modelCalls: 12 },
  },
});
