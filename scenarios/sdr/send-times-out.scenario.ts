import { anyText, call, defineScenario, fault, insert, pattern, say, update } from '../../harness/index.ts';
import { budgetsFor, manners } from './build.ts';
import { ALICE, contact, office } from './office.ts';

const RAFAEL = 'rafael.duarte@serra-foods.example';

const find = call('crm', 'contacts.search', { query: { q: 'Rafael Duarte' } });
const write = call('mail', 'messages.send', {
  body: {
    to: RAFAEL,
    subject: 'Serra Foods and the first conversation',
    body: 'Dear Rafael,\n\nhow does Serra Foods find new customers today?\n\nAlice',
  },
});
const lookForIt = call('mail', 'messages.sent', { query: { to: RAFAEL } });
const mark = call('crm', 'contacts.update', { params: { id: 'c_110' }, body: { status: 'contacted' } });

export const sendTimesOut = defineScenario({
  id: 'sdr/send-times-out',
  title: 'The mail goes out but the answer is lost: it is not sent again',
  tags: ['outreach', 'fault', 'double-send'],
  world: {
    ...office,
    rows: {
      'crm.contacts': [contact('c_110', 'Rafael Duarte', RAFAEL, 'Serra Foods', 'new', 'Managing Director')],
    },
    faults: [fault('mail', 'messages.send', 'timeout-after-commit', { call: 1 })],
  },
  start: { message: 'Please write a first mail to Rafael Duarte at Serra Foods.' },
  expect: {
    effects: [
      insert('mail.outbox', { from: ALICE, to: RAFAEL, subject: anyText(), body: pattern(/Rafael|Duarte/) }),
      update('crm.contacts', 'c_110', { status: 'contacted' }),
    ],
    facts: ['duarte'],
    checks: manners(),
    budgets: budgetsFor({ calls: 6, waiting: 31 }),
  },
  reference: {
    steps: [find, write, lookForIt, mark, say('The mail to Rafael Duarte is out.')],
    violations: [
      { title: 'Sends it again without a look', failure: 'duplicate', steps: [find, write, write, mark] },
      {
        title: 'Gives up after the lost answer',
        failure: 'missed',
        steps: [find, write, say('The mail could not be sent.')],
      },
    ],
  },
});
