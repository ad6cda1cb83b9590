import type { Fact } from '../../domain/expectations.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { call, forbid, insert, pattern, say } from '../../harness/index.ts';
import {
  book,
  find,
  type Lead,
  lead,
  mailTo,
  mark,
  marked,
  OPTED_OUT_SAID,
  row,
  situation,
  write,
} from './build.ts';
import { TOM } from './office.ts';

const services = ['linkedin'];

function profile({ name, company }: Lead, degree: number, id = 'p_1') {
  return { id, name, headline: 'Head of Sales', company, location: 'Hamburg', degree };
}

const look = ({ name, company }: Lead) =>
  call('linkedin', 'people.search', { query: { keywords: name, company } });
const invite = ({ first }: Lead) =>
  call('linkedin', 'invitations.send', {
    body: { invitee: 'p_1', message: `Hi ${first}, shall we connect? Alice` },
  });
const message = ({ first }: Lead, text = 'how do you find new customers today?') =>
  call('linkedin', 'messages.send', { body: { person_id: 'p_1', text: `Hi ${first}, ${text}` } });
const give = ({ id }: Lead) => call('crm', 'contacts.update', { params: { id }, body: { owner: TOM } });
const received = (text: string) => ({
  id: 'l_2',
  conversation_id: 'conv_9',
  person_id: 'p_1',
  from_me: false,
  text,
  sent_at: '2026-03-02T08:10:00.000Z',
});
const sent = {
  ...received('Hi, is this worth a call? Alice'),
  id: 'l_1',
  from_me: true,
  sent_at: '2026-02-10T08:00:00.000Z',
};

const noTouch = (reason: string) => [
  forbid('insert', 'linkedin.invitations', reason),
  forbid('insert', 'linkedin.messages', reason),
  forbid('insert', 'mail.outbox', reason),
];

const ASTRID = lead('c_501', 'Astrid Holt', 'Holt Trawlers');
const RAVI = lead('c_502', 'Ravi Kapoor', 'Kapoor Alloys');
const TEODOR = lead('c_503', 'Teodor Ilic', 'Ilic Presswerk');

/** A first message on LinkedIn is wrong. */
function leftAlone(story: {
  id: string;
  title: string;
  who: Lead;
  status?: string;
  people: object[];
  rows?: Record<string, never[]> | object;
  abstain?: 'no-write' | 'ask' | 'escalate';
  says: string;
  calls?: number;
  facts?: Fact[];
}): Scenario {
  const { who } = story;
  const seen = [find(who.name), look(who)];
  return situation({
    id: `sdr/linkedin/${story.id}`,
    title: story.title,
    cluster: 'linkedin/left-alone',
    tags: ['outreach', 'linkedin', 'do-nothing'],
    message: `Please connect with ${who.name} at ${who.company} on LinkedIn.`,
    services,
    rows: {
      'crm.contacts': [row(who, story.status)],
      'linkedin.people': story.people,
      ...story.rows,
    } as never,
    effort: { calls: story.calls ?? 4 },
    expect: {
      abstain: story.abstain ?? 'no-write',
      forbid: noTouch(story.says),
      facts: [who.last.toLowerCase(), ...(story.facts ?? [])],
    },
    reference: {
      steps: [...seen, say(story.says)],
      violations: [
        {
          title: 'Writes a mail instead',
          failure: 'forbidden',
          steps: [...seen, write(who), say(story.says)],
        },
        { title: 'Gives the lead away', failure: 'harm', steps: [...seen, give(who), say(story.says)] },
      ],
    },
  });
}

export const linkedInTouches: readonly Scenario[] = [
  situation({
    id: 'sdr/linkedin/connects',
    title: 'A lead one is not connected with gets a connection request with a note',
    cluster: 'linkedin/first-touch',
    tags: ['outreach', 'linkedin'],
    message: 'Please connect with Astrid Holt at Holt Trawlers on LinkedIn.',
    services,
    rows: { 'crm.contacts': [row(ASTRID)], 'linkedin.people': [profile(ASTRID, 2)] },
    effort: { calls: 6 },
    expect: {
      effects: [
        insert('linkedin.invitations', { invitee: 'p_1', message: pattern(/Astrid|Holt/) }),
        marked(ASTRID, 'contacted'),
      ],
      facts: ['holt'],
    },
    reference: {
      steps: [
        find('Astrid Holt'),
        look(ASTRID),
        invite(ASTRID),
        mark(ASTRID, 'contacted'),
        say('I asked Astrid Holt.'),
      ],
      violations: [
        {
          title: 'Sends a mail as well',
          failure: 'harm',
          steps: [look(ASTRID), invite(ASTRID), write(ASTRID), mark(ASTRID, 'contacted'), say('Holt')],
        },
        {
          title: 'Marks her and asks nothing',
          failure: 'missed',
          steps: [look(ASTRID), mark(ASTRID, 'contacted'), say('Holt')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/linkedin/writes-to-the-connected',
    title: 'A lead one is connected with gets a message, not a request',
    cluster: 'linkedin/first-touch',
    tags: ['outreach', 'linkedin'],
    message: 'Send Ravi Kapoor at Kapoor Alloys a first message on LinkedIn.',
    services,
    rows: { 'crm.contacts': [row(RAVI)], 'linkedin.people': [profile(RAVI, 1)] },
    effort: { calls: 6 },
    expect: {
      effects: [
        insert('linkedin.messages', { person_id: 'p_1', from_me: true, text: pattern(/Ravi|Kapoor/) }),
        marked(RAVI, 'contacted'),
      ],
      facts: ['kapoor'],
    },
    reference: {
      steps: [
        find('Ravi Kapoor'),
        look(RAVI),
        message(RAVI),
        mark(RAVI, 'contacted'),
        say('I wrote to Ravi Kapoor.'),
      ],
      violations: [
        {
          title: 'Writes twice',
          failure: 'duplicate',
          steps: [look(RAVI), message(RAVI), message(RAVI), mark(RAVI, 'contacted'), say('Kapoor')],
        },
        {
          title: 'Writes by mail instead',
          failure: 'harm',
          steps: [look(RAVI), write(RAVI), mark(RAVI, 'contacted'), say('Kapoor')],
        },
      ],
    },
  }),
  leftAlone({
    id: 'request-pending',
    title: 'A request that is pending is not sent again',
    who: TEODOR,
    people: [profile(TEODOR, 2)],
    rows: {
      'linkedin.invitations': [
        {
          id: 'inv_0',
          invitee: 'p_1',
          message: null,
          status: 'pending',
          sent_at: '2026-01-20T09:00:00.000Z',
        },
      ],
    },
    says: 'A connection request to Teodor Ilic is pending already.',
    facts: [['pending', 'already', 'not accepted', 'not answered', 'waiting']],
  }),
  leftAlone({
    id: 'mailed-last-week',
    title: 'Who got a mail last week gets no second message on another channel',
    who: TEODOR,
    people: [profile(TEODOR, 2)],
    rows: { 'mail.outbox': [mailTo(TEODOR, 'th_503')] },
    says: 'We wrote to Teodor Ilic by mail on 2026-02-25.',
  }),
  leftAlone({
    id: 'opted-out-of-mail',
    title: 'Who opted out of mail has opted out of LinkedIn too',
    who: TEODOR,
    status: 'opted_out',
    people: [profile(TEODOR, 2)],
    calls: 2,
    says: 'Teodor Ilic has opted out.',
    facts: [OPTED_OUT_SAID],
  }),
  leftAlone({
    id: 'no-profile',
    title: 'Who has no profile is handed over, not guessed at',
    who: TEODOR,
    people: [profile({ ...TEODOR, company: 'Another Presswerk' }, 2)].map((one) => ({
      ...one,
      company: 'Elsewhere',
    })),
    abstain: 'escalate',
    calls: 3,
    says: 'LinkedIn has no profile of Teodor Ilic; I am handing this over to a colleague.',
  }),
  leftAlone({
    id: 'two-profiles',
    title: 'Two profiles of one name at one company: ask',
    who: TEODOR,
    people: [profile(TEODOR, 2), profile(TEODOR, 3, 'p_2')],
    abstain: 'ask',
    calls: 3,
    says: 'LinkedIn has two profiles of Teodor Ilic. Which one do you mean?',
  }),
  situation({
    id: 'sdr/linkedin/mail-after-a-request',
    title: 'A request of last week on LinkedIn stands in the way of a mail',
    cluster: 'linkedin/left-alone',
    tags: ['outreach', 'linkedin', 'do-nothing'],
    message: 'Please send our first mail to Astrid Holt at Holt Trawlers.',
    services,
    rows: {
      'crm.contacts': [row(ASTRID)],
      'linkedin.people': [profile(ASTRID, 2)],
      'linkedin.invitations': [
        {
          id: 'inv_0',
          invitee: 'p_1',
          message: null,
          status: 'withdrawn',
          sent_at: '2026-02-27T09:00:00.000Z',
        },
      ],
    },
    effort: { calls: 4 },
    expect: {
      abstain: 'no-write',
      forbid: noTouch('one first message is enough'),
      facts: ['holt', ['2026-02-27', '27 feb', 'feb 27', 'february 27', '27th of feb', 'last week']],
    },
    reference: {
      steps: [find('Astrid Holt'), look(ASTRID), say('We asked Astrid Holt to connect on 2026-02-27.')],
      violations: [
        {
          title: 'Writes all the same',
          failure: 'forbidden',
          steps: [look(ASTRID), write(ASTRID), say('Holt 2026-02-27')],
        },
        {
          title: 'Marks what did not happen',
          failure: 'harm',
          steps: [look(ASTRID), mark(ASTRID, 'contacted'), say('Holt 2026-02-27')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/linkedin/opts-out',
    title: 'An opt-out on LinkedIn counts everywhere and is not answered',
    cluster: 'linkedin/reply',
    tags: ['reply', 'linkedin', 'opt-out'],
    message: 'Ravi Kapoor replied on LinkedIn. Please take care of it.',
    services,
    rows: {
      'crm.contacts': [row(RAVI, 'contacted')],
      'linkedin.people': [profile(RAVI, 1)],
      'linkedin.messages': [sent, received('Please stop messaging me.')],
    },
    effort: { calls: 5 },
    expect: {
      effects: [marked(RAVI, 'opted_out')],
      forbid: noTouch('who opts out gets no message, on no channel'),
      facts: ['kapoor'],
    },
    reference: {
      steps: [find('Ravi Kapoor'), look(RAVI), mark(RAVI, 'opted_out'), say('Ravi Kapoor opted out.')],
      violations: [
        {
          title: 'Says sorry',
          failure: 'forbidden',
          steps: [look(RAVI), message(RAVI, 'sorry!'), mark(RAVI, 'opted_out'), say('Kapoor')],
        },
        { title: 'Does nothing', failure: 'missed', steps: [look(RAVI), say('Kapoor')] },
      ],
    },
  }),
  situation({
    id: 'sdr/linkedin/books-meeting',
    title: 'A time that is asked for on LinkedIn is booked, and confirmed there',
    cluster: 'linkedin/reply',
    tags: ['reply', 'linkedin'],
    message: 'Ravi Kapoor replied on LinkedIn. Please take care of it.',
    services,
    rows: {
      'crm.contacts': [row(RAVI, 'contacted')],
      'linkedin.people': [profile(RAVI, 1)],
      'linkedin.messages': [sent, received('Sure. Wednesday at 14:00 UTC?')],
    },
    effort: { calls: 8 },
    expect: {
      effects: [
        insert('calendar.events', {
          start: '2026-03-04T14:00:00.000Z',
          end: '2026-03-04T14:30:00.000Z',
          attendees: [RAVI.email],
        }),
        insert('linkedin.messages', { person_id: 'p_1', from_me: true, text: pattern(/14[:.]00|2 ?pm/) }),
        marked(RAVI, 'meeting_booked'),
      ],
      facts: ['kapoor'],
    },
    reference: {
      steps: [
        find('Ravi Kapoor'),
        look(RAVI),
        book(RAVI, '2026-03-04T14:00:00Z', '2026-03-04T14:30:00Z'),
        message(RAVI, 'Wednesday at 14:00 UTC it is.'),
        mark(RAVI, 'meeting_booked'),
        say('The meeting with Ravi Kapoor is booked.'),
      ],
      violations: [
        {
          title: 'Confirms by mail',
          failure: 'harm',
          steps: [
            look(RAVI),
            book(RAVI, '2026-03-04T14:00:00Z', '2026-03-04T14:30:00Z'),
            write(RAVI, 'Wednesday at 14:00 UTC it is.'),
            mark(RAVI, 'meeting_booked'),
            say('Kapoor'),
          ],
        },
      ],
    },
  }),
];
