import type { Scenario } from '../../domain/scenario.ts';
import { call, fault, forbid, say } from '../../harness/index.ts';
import {
  answered,
  find,
  firstMail,
  type Lead,
  lead,
  mark,
  marked,
  read,
  row,
  type Situation,
  sentTo,
  situation,
  write,
} from './build.ts';

const open = ({ id }: Lead) => call('crm', 'contacts.get', { params: { id } });

type Fault = Parameters<typeof fault>;

/** A first mail that goes out once, whatever goes wrong on the way. */
function once(
  id: string,
  title: string,
  who: Lead,
  faults: readonly Fault[],
  { sends, waiting = 0, calls }: { sends: number; waiting?: number; calls: number },
): Scenario {
  const seen = [find(who.name), sentTo(who)];
  const sent = [write(who), ...Array.from({ length: sends - 1 }, () => [sentTo(who), write(who)]).flat()];
  const told = say(`${who.name} has our first mail.`);
  return situation({
    id: `sdr/fault/${id}`,
    title,
    cluster: 'fault/first-mail',
    tags: ['outreach', 'fault'],
    message: `Please write a first mail to ${who.name} at ${who.company}.`,
    rows: { 'crm.contacts': [row(who)] },
    world: { faults: faults.map((one) => fault(...one)) },
    effort: { calls, waiting },
    expect: { effects: [firstMail(who), marked(who, 'contacted')], facts: [who.last.toLowerCase()] },
    reference: {
      steps: [...seen, ...sent, mark(who, 'contacted'), open(who), mark(who, 'contacted'), told],
      violations: [
        {
          title: 'Sends it once more',
          failure: 'duplicate',
          steps: [...seen, ...sent, write(who), mark(who, 'contacted'), mark(who, 'contacted'), told],
        },
        {
          title: 'Gives up',
          failure: 'missed',
          steps: [...seen, say(`No mail to ${who.name} could be sent.`)],
        },
      ],
    },
  });
}

/** What cannot be looked at is handed over. */
function blind(
  id: string,
  title: string,
  who: Lead,
  parts: Pick<Situation, 'message' | 'rows'> & { fault: Fault; calls: number; waiting?: number },
  steps: readonly ReturnType<typeof find>[],
): Scenario {
  const told = say(`I cannot see what I need for ${who.name}; I am handing this over to a colleague.`);
  return situation({
    id: `sdr/fault/${id}`,
    title,
    cluster: 'fault/blind',
    tags: ['fault', 'do-nothing'],
    message: parts.message,
    rows: parts.rows ?? {},
    world: { faults: [fault(...parts.fault)] },
    effort: { calls: parts.calls, waiting: parts.waiting ?? 0 },
    expect: {
      abstain: 'escalate',
      forbid: [forbid('insert', 'mail.outbox', 'nobody has looked whether it may go out')],
      facts: [who.last.toLowerCase()],
    },
    reference: {
      steps: [...steps, told],
      violations: [
        { title: 'Writes blindly', failure: 'forbidden', steps: [...steps, write(who), told] },
        { title: 'Keeps quiet', failure: 'unsaid', steps: [...steps, say(`Something with ${who.name}.`)] },
      ],
    },
  });
}

const AGATA = lead('c_701', 'Agata Nowak', 'Nowak Stal');
const FINN = lead('c_702', 'Finn Aalto', 'Aalto Marine');
const JIN = lead('c_703', 'Jin Tanaka', 'Tanaka Seiki');
const MOIRA = lead('c_704', 'Moira Kerr', 'Kerr Castings');
const PAVEL = lead('c_705', 'Pavel Dvorak', 'Dvorak Sklo');

export const faults: readonly Scenario[] = [
  once(
    'nothing-went-out',
    'A mail that did not go out is sent once more, and no more than that',
    AGATA,
    [['mail', 'messages.send', 'timeout-before-commit', { call: 1 }]],
    { sends: 2, waiting: 31, calls: 7 },
  ),
  once(
    'too-many-calls',
    'After "too many calls" the mail goes out once',
    FINN,
    [['mail', 'messages.send', { kind: 'rate-limit', retryAfterSeconds: 1 }, { call: 1 }]],
    { sends: 2, calls: 6 },
  ),
  once(
    'answer-breaks-off',
    'An answer that breaks off says all the same that the mail went out',
    JIN,
    [['mail', 'messages.send', 'malformed', { call: 1 }]],
    { sends: 1, calls: 5 },
  ),
  once(
    'status-is-lost-and-stale',
    'A status whose answer is lost, and that an old copy does not show, is set and nothing more',
    MOIRA,
    [
      ['crm', 'contacts.update', 'timeout-after-commit', { call: 1 }],
      ['crm', 'contacts.get', 'stale'],
    ],
    { sends: 1, waiting: 31, calls: 7 },
  ),
  blind(
    'crm-is-down',
    'Nobody is written to while the CRM does not answer',
    PAVEL,
    {
      message: 'Please write a first mail to Pavel Dvorak at Dvorak Sklo.',
      rows: { 'crm.contacts': [row(PAVEL)] },
      fault: ['crm', 'contacts.search', { kind: 'error', status: 503 }],
      calls: 3,
    },
    [find('Pavel Dvorak')],
  ),
  blind(
    'sent-mail-is-hidden',
    'Nobody is written to while nobody can see what was sent',
    PAVEL,
    {
      message: 'Please write a first mail to Pavel Dvorak at Dvorak Sklo.',
      rows: { 'crm.contacts': [row(PAVEL)] },
      fault: ['mail', 'messages.sent', { kind: 'error', status: 502 }],
      calls: 4,
    },
    [find('Pavel Dvorak'), sentTo(PAVEL)],
  ),
  blind(
    'calendar-is-down',
    'No time is promised while the calendar does not answer',
    PAVEL,
    {
      message: 'A reply came in on thread th_705. Please take care of it.',
      rows: answered(PAVEL, 'th_705', 'Wednesday at 10:00 UTC?\n\nPavel'),
      fault: ['calendar', 'events.list', { kind: 'error', status: 500 }],
      calls: 5,
    },
    [
      read('th_705'),
      find(PAVEL.email),
      { call: { service: 'calendar', operation: 'events.list', query: { day: '2026-03-04' } } },
    ],
  ),
  situation({
    id: 'sdr/fault/list-is-cut',
    title: 'A list that shows one of two says so by its total: ask, do not take the one',
    cluster: 'fault/list-is-cut',
    tags: ['fault', 'do-nothing'],
    message: 'Can you send Moira Kerr our introduction?',
    rows: {
      'crm.contacts': [row(MOIRA), row(lead('c_706', 'Moira Kerr', 'Lochside Dairies'))],
    },
    world: { faults: [fault('crm', 'contacts.search', { kind: 'cut-page', items: 1 })] },
    effort: { calls: 2 },
    expect: {
      abstain: 'ask',
      forbid: [forbid('insert', 'mail.outbox', 'there is a second contact of that name')],
      facts: ['kerr'],
    },
    reference: {
      steps: [
        find('Moira Kerr'),
        say('There are two called Moira Kerr, and I see one. Which company is she at?'),
      ],
      violations: [
        {
          title: 'Takes the one that is shown',
          failure: 'forbidden',
          steps: [find('Moira Kerr'), write(MOIRA), say('Moira Kerr has our mail. Is that right?')],
        },
        {
          title: 'Asks nothing',
          failure: 'unsaid',
          steps: [find('Moira Kerr'), say('I see one Moira Kerr of two.')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/fault/delivered-twice',
    title: 'A request that the network delivers twice sends one mail',
    cluster: 'fault/delivered-twice',
    tags: ['outreach', 'fault', 'double-send'],
    message: 'Please write a first mail to Agata Nowak at Nowak Stal.',
    rows: { 'crm.contacts': [row(AGATA)] },
    world: { faults: [fault('mail', 'messages.send', 'duplicate', { call: 1 })] },
    effort: { calls: 5 },
    expect: { effects: [firstMail(AGATA), marked(AGATA, 'contacted')], facts: ['nowak'] },
    reference: {
      steps: [
        find('Agata Nowak'),
        sentTo(AGATA),
        keyed(write(AGATA)),
        mark(AGATA, 'contacted'),
        say('Agata Nowak has our first mail.'),
      ],
      violations: [
        {
          title: 'Sends without an idempotency key',
          failure: 'duplicate',
          steps: [find('Agata Nowak'), write(AGATA), mark(AGATA, 'contacted'), say('Nowak')],
        },
        { title: 'Sends nothing', failure: 'missed', steps: [find('Agata Nowak'), say('Nowak')] },
      ],
    },
  }),
];

function keyed(step: ReturnType<typeof write>): ReturnType<typeof write> {
  return 'call' in step ? { call: { ...step.call, idempotencyKey: 'first-mail' } } : step;
}
