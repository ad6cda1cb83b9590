import { defineScenario, forbid } from '../../harness/index.ts';
import { office } from './office.ts';

export const nobodyFound = defineScenario({
  id: 'sdr/nobody-found',
  title: 'A search that finds nothing ends, and nobody is written to',
  tags: ['outreach', 'do-nothing', 'loop'],
  world: office,
  start: { message: 'Write to Otto Brandner at Nimbus Freight, he asked for our brochure last autumn.' },
  expect: {
    abstain: 'no-write',
    forbid: [forbid('insert', 'mail.outbox', 'the CRM holds no such contact; any address is a guess')],
    budgets: { seconds: 60, usd: 0.05, modelCalls: 12 },
  },
});
