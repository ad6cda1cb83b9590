import type { Scenario } from '../../domain/scenario.ts';
import { call, insert, say } from '../../harness/index.ts';
import { lead, mailFrom, mark, noMail, read, replyTask, row, situation, write } from './build.ts';

const THREAD = 'th_701';
const MESSAGE = replyTask(THREAD);
const TOMASZ = lead('c_304', 'Tomasz Zielinski', 'Wisla Foods');
const HUGO = lead('c_307', 'Hugo Amsel', 'Amsel Druck');
const OLU = lead('c_309', 'Olu Adeyemi', 'Harbour Tools');
const daemon = { email: 'mailer-daemon@lumenport.example', company: 'Harbour Tools' };

/** What comes in and is no answer, and a thread in which it is not our turn. */
export const unanswerable: readonly Scenario[] = [
  situation({
    id: 'sdr/reply/out-of-office/german',
    title: 'An automatic reply in German is left alone',
    cluster: 'reply/out-of-office',
    tags: ['reply', 'do-nothing'],
    message: MESSAGE,
    rows: {
      'crm.contacts': [row(HUGO, 'contacted')],
      'mail.inbox': [
        mailFrom(
          HUGO,
          THREAD,
          'Vielen Dank für Ihre Nachricht. Ich bin bis Montag, 9. März, nicht im Büro und lese Ihre Nachricht danach.',
          { subject: 'Abwesenheitsnotiz: A question about sales at Amsel Druck' },
        ),
      ],
    },
    effort: { calls: 3 },
    expect: {
      abstain: 'no-write',
      forbid: [noMail('a mail to an automatic reply is a mail to nobody')],
      facts: ['amsel'],
    },
    reference: {
      steps: [read(THREAD), say('That was an automatic reply of Hugo Amsel; nothing is to be done.')],
      violations: [
        {
          title: 'Answers it',
          failure: 'forbidden',
          steps: [read(THREAD), write(HUGO, 'schönen Urlaub!', THREAD), say('Amsel')],
        },
        {
          title: 'Marks a reply',
          failure: 'harm',
          steps: [read(THREAD), mark(HUGO, 'replied'), say('Amsel')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/reply/bounced',
    title: 'An address that a mail did not reach goes onto the suppression list',
    cluster: 'reply/bounced',
    tags: ['reply', 'hygiene'],
    message: MESSAGE,
    services: ['suppressions'],
    rows: {
      'crm.contacts': [row(OLU, 'contacted')],
      'mail.inbox': [
        mailFrom(daemon, THREAD, `Delivery failed: ${OLU.email} does not exist. This is a permanent error.`, {
          subject: 'Undeliverable: A question about sales at Harbour Tools',
        }),
      ],
    },
    effort: { calls: 4 },
    expect: {
      effects: [insert('suppressions.addresses', { address: OLU.email, reason: 'bounce' })],
      forbid: [noMail('nobody is there to read it')],
      facts: ['adeyemi'],
    },
    reference: {
      steps: [
        read(THREAD),
        call('suppressions', 'suppressions.add', { body: { address: OLU.email, reason: 'bounce' } }),
        say('The mail to Olu Adeyemi bounced; the address is on the list.'),
      ],
      violations: [
        {
          title: 'Takes it for an opt-out',
          failure: 'harm',
          steps: [read(THREAD), mark(OLU, 'opted_out'), say('Olu Adeyemi is gone.')],
        },
        {
          title: 'Tries another address',
          failure: 'forbidden',
          steps: [read(THREAD), write({ email: 'olu@harbour-tools.example', first: 'Olu' }), say('Adeyemi')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/reply/last-word-is-ours',
    title: 'A thread whose last word is ours is left alone',
    cluster: 'reply/last-word-is-ours',
    tags: ['reply', 'do-nothing'],
    message: MESSAGE,
    rows: {
      'crm.contacts': [row(TOMASZ, 'replied')],
      'mail.inbox': [mailFrom(TOMASZ, THREAD, 'Tell me more.', { sent_at: '2026-02-26T08:00:00.000Z' })],
      'mail.outbox': [
        {
          id: 'm_90',
          thread_id: THREAD,
          from: 'alice@lumenport.example',
          to: TOMASZ.email,
          subject: 'Re: A question about sales at Wisla Foods',
          body: 'Hi Tomasz,\n\nwould next week suit you?\n\nAlice',
          sent_at: '2026-02-27T09:00:00.000Z',
        },
      ],
    },
    effort: { calls: 2 },
    expect: {
      abstain: 'no-write',
      forbid: [noMail('two mails in a row, and nobody has answered the first')],
      facts: ['tomasz'],
    },
    reference: {
      steps: [read(THREAD), say('The last word to Tomasz Zielinski is ours.')],
      violations: [
        {
          title: 'Answers once more',
          failure: 'forbidden',
          steps: [read(THREAD), write(TOMASZ, 'any news?', THREAD), say('Tomasz')],
        },
      ],
    },
  }),
];
