import { describe, expect, it } from 'vitest';
import { readReply } from './reply.ts';

const now = Date.parse('2026-03-02T09:00:00Z');

function mail(body: string, subject = 'Re: An idea for Halden Optik') {
  return {
    thread_id: 'th_1',
    from: 'jonas@halden-optik.example',
    subject,
    body,
    sent_at: '2026-03-02T08:00:00Z',
  };
}

describe('readReply', () => {
  it.each([
    'Please remove me from your list.',
    'Not for us. Do not contact me again.',
    'unsubscribe',
    "Thanks, but please don't write to me any more, also not on Thursday at 15:00.",
    'We want no further e-mails from you.',
  ])('knows an opt-out: %s', (body) => {
    expect(readReply(mail(body), now)).toEqual({ kind: 'opt-out', everybody: false });
  });

  it('takes an automatic answer for one even where it names a day and a time', () => {
    const body =
      'I am out of the office until Thursday, 5 March, 15:00. To stop contacting me is not needed.';
    expect(readReply(mail(body), now)).toEqual({ kind: 'automatic' });
    expect(readReply(mail('Back on Monday at 9:00.', 'Automatic reply: An idea'), now).kind).toBe(
      'automatic',
    );
  });

  it.each([
    'Bitte nehmen Sie mich aus Ihrem Verteiler.',
    'Merci de me désinscrire de cette liste.',
    'No me escriban más, por favor.',
    'Lose my address.',
    'Strike me off. This is the last mail I want to get.',
    'Happy to meet on Thursday at 15:00? No: leave us alone.',
  ])('knows an opt-out in other words: %s', (body) => {
    expect(readReply(mail(body), now).kind).toBe('opt-out');
  });

  it.each([
    ['Nobody at our company wants this. Take us off your list.', { kind: 'opt-out', everybody: true }],
    ['Thanks, but we are all set.', { kind: 'no', later: null }],
    ['No budget now. Write to me again in September.', { kind: 'no', later: 'September' }],
    ['Better talk to Dana Ruiz, she runs operations.', { kind: 'referral', name: 'Dana Ruiz' }],
    ['Sounds good, tell me more.', { kind: 'interest' }],
    ['Where is the data stored?', { kind: 'question' }],
    ['What does it cost?', { kind: 'other' }],
    ['Your colleague was rude. My lawyer will write to you.', { kind: 'other' }],
    [
      'Can we move our call to Friday at 11:00 UTC?',
      { kind: 'move', start: Date.parse('2026-03-06T11:00:00Z') },
    ],
    ['Please cancel our call.', { kind: 'cancel' }],
  ])('reads "%s"', (body, intent) => {
    expect(readReply(mail(body), now)).toEqual(intent);
  });

  it('reads which address a mail did not reach', () => {
    const notice = {
      ...mail('Delivery failed: lee@acme.example does not exist.'),
      from: 'mailer-daemon@us.example',
    };
    expect(readReply(notice, now)).toEqual({ kind: 'bounce', address: 'lee@acme.example' });
  });

  it('finds the time of a meeting', () => {
    expect(readReply(mail('Happy to talk. Thursday at 15:00 UTC?'), now)).toEqual({
      kind: 'meeting',
      start: Date.parse('2026-03-05T15:00:00Z'),
    });
  });

  it('does not read what is quoted', () => {
    const body = 'What does it cost?\n\nOn 1 March Alice wrote:\n> Reply "unsubscribe" to opt out.';
    expect(readReply(mail(body), now)).toEqual({ kind: 'other' });
  });
});
