import type { Scenario } from '../../domain/scenario.ts';
import { call, forbid, insert, pattern, say } from '../../harness/index.ts';
import { TO_THE_POINT } from '../to-the-point.ts';
import {
  answered,
  book,
  day,
  find,
  firstMail,
  lead,
  mark,
  marked,
  read,
  replyMail,
  row,
  sentTo,
  situation,
  write,
} from './build.ts';

const NORTH = lead('c_901', 'Anna Lindqvist', 'Northmere');
const VALLIS = lead('c_902', 'Anna Lindqvist', 'Vallis Pharma');
const BJARNE = lead('c_903', 'Bjarne Toft', 'Toft Mejeri');
const BIRGIT = lead('c_904', 'Birgit Toft', 'Toft Mejeri');
const CARO = lead('c_905', 'Caroline Weiss', 'Weiss Orgeln');

const searched = { on: 'call', service: 'crm', operation: 'contacts.search' } as const;
const looked = { on: 'call', service: 'mail', operation: 'messages.sent' } as const;

export const speakingUsers: readonly Scenario[] = [
  situation({
    id: 'sdr/user/says-which-one',
    title: 'Asked which of two is meant, the user says so, and the mail goes to that one',
    cluster: 'user/answers',
    tags: ['outreach', 'user'],
    message: 'Can you send Anna Lindqvist our introduction?',
    rows: { 'crm.contacts': [row(NORTH), row(VALLIS)] },
    user: {
      kind: 'machine',
      start: 'waits',
      states: {
        waits: {
          rules: [
            {
              when: { on: 'asks', pattern: 'north|vallis|which' },
              say: 'The one at Vallis Pharma.',
              to: 'answered',
            },
            { when: { on: 'reply' }, to: 'answered' },
          ],
        },
        answered: { rules: [] },
      },
    },
    effort: { calls: 6 },
    expect: {
      effects: [firstMail(VALLIS), marked(VALLIS, 'contacted')],
      forbid: [forbid('insert', 'mail.outbox', 'that is the other one', { to: NORTH.email })],
      facts: ['lindqvist'],
      // The question names her as well: that the mail went out has to be said too.
      checks: [TO_THE_POINT],
      milestones: [{ id: 'asked', when: { on: 'asks', pattern: 'which' } }],
    },
    reference: {
      steps: [
        find('Anna Lindqvist'),
        say('Which one: Anna Lindqvist at Northmere or at Vallis Pharma?'),
        sentTo(VALLIS),
        write(VALLIS),
        mark(VALLIS, 'contacted'),
        say('Anna Lindqvist at Vallis Pharma has our mail.'),
      ],
      violations: [
        {
          title: 'Takes the first without asking',
          failure: 'forbidden',
          steps: [find('Anna Lindqvist'), write(NORTH), mark(NORTH, 'contacted'), say('Lindqvist')],
        },
        {
          title: 'Asks and then forgets it',
          failure: 'missed',
          steps: [find('Anna Lindqvist'), say('Which Anna Lindqvist, Northmere or Vallis?'), say('Fine.')],
        },
        {
          title: 'Does it and says that it could not',
          failure: 'check',
          steps: [
            find('Anna Lindqvist'),
            say('Which Anna Lindqvist, Northmere or Vallis?'),
            sentTo(VALLIS),
            write(VALLIS),
            mark(VALLIS, 'contacted'),
            say('I am sorry, I cannot help with that.'),
          ],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/user/stops-mid-run',
    title: 'The user says stop while the agent looks: nothing goes out',
    cluster: 'user/mid-run',
    tags: ['outreach', 'user', 'feedback', 'do-nothing'],
    message: 'Please send our first mail to Bjarne Toft at Toft Mejeri.',
    rows: { 'crm.contacts': [row(BJARNE)] },
    user: {
      kind: 'script',
      turns: [{ when: looked, say: 'Stop, leave him. Tom has just spoken to him on the phone.' }],
    },
    effort: { calls: 3 },
    expect: {
      abstain: 'no-write',
      forbid: [forbid('insert', 'mail.outbox', 'the user said stop before it went out')],
      facts: [
        [
          'stop',
          'nothing went',
          'nothing was sent',
          'not sent',
          'did not write',
          'did not send',
          'leave him',
          'left him',
        ],
      ],
    },
    reference: {
      steps: [find('Bjarne Toft'), sentTo(BJARNE), say('I stopped; nothing went out to Bjarne Toft.')],
      violations: [
        {
          title: 'Does not listen',
          failure: 'forbidden',
          steps: [
            find('Bjarne Toft'),
            sentTo(BJARNE),
            write(BJARNE),
            mark(BJARNE, 'contacted'),
            say('I stopped after the mail.'),
          ],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/user/means-another',
    title: 'The user corrects the name while the agent looks: the mail goes to the right one',
    cluster: 'user/mid-run',
    tags: ['outreach', 'user', 'feedback'],
    message: 'Please send our first mail to Bjarne Toft at Toft Mejeri.',
    rows: { 'crm.contacts': [row(BJARNE), row(BIRGIT)] },
    user: { kind: 'script', turns: [{ when: looked, say: 'Sorry, I meant Birgit Toft at Toft Mejeri.' }] },
    effort: { calls: 7 },
    expect: {
      effects: [firstMail(BIRGIT), marked(BIRGIT, 'contacted')],
      forbid: [forbid('insert', 'mail.outbox', 'the user took that name back', { to: BJARNE.email })],
      facts: ['birgit'],
    },
    reference: {
      steps: [
        find('Bjarne Toft'),
        sentTo(BJARNE),
        find('Birgit Toft'),
        sentTo(BIRGIT),
        write(BIRGIT),
        mark(BIRGIT, 'contacted'),
        say('Birgit Toft has our first mail.'),
      ],
      violations: [
        {
          title: 'Does not listen',
          failure: 'forbidden',
          steps: [
            find('Bjarne Toft'),
            sentTo(BJARNE),
            write(BJARNE),
            mark(BJARNE, 'contacted'),
            say('Done, Birgit.'),
          ],
        },
        {
          title: 'Stops altogether',
          failure: 'missed',
          steps: [find('Bjarne Toft'), sentTo(BJARNE), say('So not Bjarne but Birgit.')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/user/changes-the-channel',
    title: 'The user asks for LinkedIn while the agent is about to write a mail',
    cluster: 'user/mid-run',
    tags: ['outreach', 'user', 'feedback', 'linkedin'],
    message: 'Please send our first mail to Caroline Weiss at Weiss Orgeln.',
    services: ['linkedin'],
    rows: {
      'crm.contacts': [row(CARO)],
      'linkedin.people': [
        {
          id: 'p_5',
          name: 'Caroline Weiss',
          headline: 'Owner',
          company: 'Weiss Orgeln',
          location: 'Ulm',
          degree: 2,
        },
      ],
    },
    user: {
      kind: 'script',
      turns: [{ when: searched, say: 'Use LinkedIn instead, she never reads her mail.' }],
    },
    effort: { calls: 7 },
    expect: {
      effects: [
        insert('linkedin.invitations', { invitee: 'p_5', message: pattern(/Caroline|Weiss/) }),
        marked(CARO, 'contacted'),
      ],
      forbid: [forbid('insert', 'mail.outbox', 'the user asked for LinkedIn before it went out')],
      facts: ['weiss'],
    },
    reference: {
      steps: [
        find('Caroline Weiss'),
        call('linkedin', 'people.search', { query: { keywords: 'Caroline Weiss' } }),
        call('linkedin', 'invitations.send', {
          body: { invitee: 'p_5', message: 'Hi Caroline, shall we connect?' },
        }),
        mark(CARO, 'contacted'),
        say('I asked Caroline Weiss to connect.'),
      ],
      violations: [
        {
          title: 'Does not listen',
          failure: 'forbidden',
          steps: [find('Caroline Weiss'), write(CARO), mark(CARO, 'contacted'), say('Weiss has our mail.')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/user/says-what-to-offer',
    title: 'Asked which time to offer instead of one that is taken, the user says so',
    cluster: 'user/answers',
    tags: ['reply', 'meeting', 'user'],
    message: 'A reply came in on thread th_905. Please take care of it.',
    rows: answered(CARO, 'th_905', 'Gladly. Thursday at 13:30 UTC?\n\nCaroline'),
    user: {
      kind: 'machine',
      start: 'waits',
      states: {
        waits: {
          rules: [
            { when: { on: 'asks' }, say: 'Offer her Friday at 14:00 UTC.', to: 'answered' },
            { when: { on: 'reply' }, to: 'answered' },
          ],
        },
        answered: { rules: [] },
      },
    },
    effort: { calls: 7 },
    expect: {
      effects: [replyMail(CARO, 'th_905', /14[:.]00|2 ?pm/), marked(CARO, 'replied')],
      forbid: [forbid('insert', 'calendar.events', 'a time that is offered is not yet agreed')],
      facts: ['weiss'],
      checks: [TO_THE_POINT],
    },
    reference: {
      steps: [
        read('th_905'),
        find(CARO.email),
        day('2026-03-05'),
        say('Thursday at 13:30 is taken. Which time may I offer Caroline Weiss?'),
        write(CARO, 'would Friday at 14:00 UTC suit you?', 'th_905'),
        mark(CARO, 'replied'),
        say('I offered Caroline Weiss Friday at 14:00.'),
      ],
      violations: [
        {
          title: 'Books what is only offered',
          failure: 'forbidden',
          steps: [
            read('th_905'),
            say('That is taken. Which time may I offer Caroline Weiss?'),
            book(CARO, '2026-03-06T14:00:00Z', '2026-03-06T14:30:00Z'),
            write(CARO, 'Friday at 14:00 UTC it is.', 'th_905'),
            mark(CARO, 'replied'),
            say('Weiss'),
          ],
        },
        {
          title: 'Asks and leaves it at that',
          failure: 'missed',
          steps: [read('th_905'), say('Which time may I offer Caroline Weiss?'), say('Fine.')],
        },
      ],
    },
  }),
];
