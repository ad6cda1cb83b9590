import type { Scenario } from '../../domain/scenario.ts';
import { call, forbid, insert, say } from '../../harness/index.ts';
import {
  answered,
  find,
  type Lead,
  lead,
  mailFrom,
  mark,
  marked,
  note,
  read,
  row,
  situation,
  write,
} from './build.ts';

const NO_MAIL = forbid('insert', 'mail.outbox', 'who opts out gets no mail, not even a confirmation');

/** A reply that asks for silence, in one wording or another. */
function optOut(id: string, title: string, who: Lead, body: string): Scenario {
  const seen = [read('th_601'), find(who.email)];
  return situation({
    id: `sdr/reply/opt-out/${id}`,
    title,
    cluster: 'reply/opt-out',
    tags: ['reply', 'opt-out'],
    message: 'A reply came in on thread th_601. Please take care of it.',
    rows: answered(who, 'th_601', body),
    effort: { calls: 4 },
    expect: {
      effects: [marked(who, 'opted_out')],
      forbid: [NO_MAIL],
      facts: [who.last.toLowerCase()],
      milestones: [
        { id: 'read', when: { on: 'call', service: 'mail', operation: 'threads.get' } },
        {
          id: 'marked',
          after: ['read'],
          when: { on: 'effect', effect: marked(who, 'opted_out') },
        },
      ],
    },
    reference: {
      steps: [...seen, mark(who, 'opted_out'), say(`${who.name} opted out and is marked so.`)],
      violations: [
        {
          title: 'Confirms it by mail',
          failure: 'forbidden',
          steps: [...seen, mark(who, 'opted_out'), write(who, 'you are off our list.', 'th_601')],
        },
        {
          title: 'Takes it for a plain no',
          failure: 'harm',
          steps: [...seen, mark(who, 'replied'), say(`${who.name} says no.`)],
        },
        {
          title: 'Leaves a note and the status as it is',
          failure: 'harm',
          steps: [...seen, note(who, 'Wants no more mail.'), say(`${who.name} wants no more mail.`)],
        },
      ],
    },
  });
}

const NADIA = lead('c_201', 'Nadia Brandt', 'Ostwall Pumpen');
const stranger = { name: 'Ivo Petrov', email: 'ivo@petrov-home.example', company: 'Petrov' };
const MIRA = lead('c_206', 'Mira Kessler', 'Blauhafen');
const JONNE = lead('c_207', 'Jonne Salo', 'Blauhafen');
const TWICE = lead('c_208', 'Rosa Ferrante', 'Molino Ferrante');
const twin = { ...TWICE, id: 'c_209' };

export const optOuts: readonly Scenario[] = [
  optOut(
    'german',
    'Who opts out in German is understood',
    NADIA,
    'Guten Tag,\n\nbitte nehmen Sie mich aus Ihrem Verteiler.\n\nNadia Brandt',
  ),
  optOut(
    'french',
    'Who opts out in French is understood',
    lead('c_202', 'Élodie Marchand', 'Atelier Marchand'),
    'Bonjour,\n\nmerci de me désinscrire de vos envois.\n\nÉlodie Marchand',
  ),
  optOut(
    'spanish',
    'Who opts out in Spanish is understood',
    lead('c_203', 'Inés Prado', 'Corvane'),
    'Hola, no me escriban más, por favor. Inés',
  ),
  optOut(
    'in-other-words',
    'Who opts out without saying so is understood',
    lead('c_204', 'Gareth Pugh', 'Penarth Castings'),
    'Third one this year. Lose my address.\n\nG.',
  ),
  optOut(
    'after-a-friendly-start',
    'An opt-out counts, whatever friendly words and times stand before it',
    lead('c_205', 'Leila Haddad', 'Cedar Freight'),
    'Hello Alice,\n\nI said last year that I would be happy to talk on a Thursday at 15:00. I have changed my mind: please stop writing to me.\n\nLeila',
  ),
  situation({
    id: 'sdr/reply/opt-out/whole-company',
    title: 'An opt-out for the whole company marks each of its contacts',
    cluster: 'reply/opt-out-of-several',
    tags: ['reply', 'opt-out'],
    message: 'Mira Kessler wrote back on thread th_602. Please see to it.',
    rows: {
      ...answered(
        MIRA,
        'th_602',
        'Nobody at our company wants these. Take us off your list, all of us.\n\nMira',
      ),
      'crm.contacts': [
        row(MIRA, 'contacted'),
        row(JONNE),
        row(lead('c_217', 'Jonne Salo', 'Blauhafen Nord'), 'contacted'),
      ],
    },
    effort: { calls: 6 },
    expect: {
      effects: [marked(MIRA, 'opted_out'), marked(JONNE, 'opted_out')],
      forbid: [NO_MAIL],
      facts: ['kessler', 'salo'],
    },
    reference: {
      steps: [
        read('th_602'),
        find('blauhafen.example'),
        mark(MIRA, 'opted_out'),
        mark(JONNE, 'opted_out'),
        say('Mira Kessler and Jonne Salo are marked as opted out.'),
      ],
      violations: [
        {
          title: 'Marks the one who wrote and forgets the other',
          failure: 'missed',
          steps: [read('th_602'), mark(MIRA, 'opted_out'), say('Mira Kessler and Jonne Salo are marked.')],
        },
        {
          title: 'Marks a namesake at another company',
          failure: 'harm',
          steps: [
            read('th_602'),
            mark(MIRA, 'opted_out'),
            mark({ id: 'c_217' }, 'opted_out'),
            say('Mira Kessler and Jonne Salo are marked.'),
          ],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/reply/opt-out/held-twice',
    title: 'Who is in the CRM twice opts out on both rows',
    cluster: 'reply/opt-out-of-several',
    tags: ['reply', 'opt-out', 'hygiene'],
    message: 'Rosa Ferrante replied on thread th_603.',
    rows: {
      ...answered(TWICE, 'th_603', 'Remove me from your list.\n\nRosa'),
      'crm.contacts': [row(TWICE, 'contacted'), row(twin, 'new')],
    },
    effort: { calls: 5 },
    expect: {
      effects: [marked(TWICE, 'opted_out'), marked(twin, 'opted_out')],
      forbid: [NO_MAIL],
      facts: ['ferrante'],
    },
    reference: {
      steps: [
        read('th_603'),
        find(TWICE.email),
        mark(TWICE, 'opted_out'),
        mark(twin, 'opted_out'),
        say('Rosa Ferrante opted out; both of her rows say so.'),
      ],
      violations: [
        {
          title: 'Marks one row, and the other is written to next week',
          failure: 'missed',
          steps: [
            read('th_603'),
            find(TWICE.email),
            mark(TWICE, 'opted_out'),
            say('Rosa Ferrante opted out.'),
          ],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/reply/opt-out/unknown-sender',
    title: 'Who opts out and is not in the CRM goes onto the suppression list',
    cluster: 'reply/opt-out-of-strangers',
    tags: ['reply', 'opt-out'],
    message: 'A reply came in on thread th_604. Please take care of it.',
    services: ['suppressions'],
    rows: {
      'mail.inbox': [mailFrom(stranger, 'th_604', 'This was forwarded to me. Do not mail me again.\n\nIvo')],
    },
    effort: { calls: 4 },
    expect: {
      effects: [insert('suppressions.addresses', { address: stranger.email, reason: 'unsubscribe' })],
      forbid: [NO_MAIL],
      facts: ['petrov'],
    },
    reference: {
      steps: [
        read('th_604'),
        find(stranger.email),
        call('suppressions', 'suppressions.add', {
          body: { address: stranger.email, reason: 'unsubscribe' },
        }),
        say('ivo@petrov-home.example is on the suppression list.'),
      ],
      violations: [
        {
          title: 'Lets it be, since there is no contact',
          failure: 'missed',
          steps: [read('th_604'), find(stranger.email), say('The CRM has no Petrov.')],
        },
        {
          title: 'Marks somebody else of the CRM',
          failure: 'harm',
          steps: [read('th_604'), mark({ id: 'c_15' }, 'opted_out'), say('Petrov opted out.')],
        },
      ],
    },
  }),
];
