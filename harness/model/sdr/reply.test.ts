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
    expect(readReply(mail(body), now)).toEqual({ kind: 'opt-out' });
  });

  it('takes an automatic answer for one even where it names a day and a time', () => {
    const body =
      'I am out of the office until Thursday, 5 March, 15:00. To stop contacting me is not needed.';
    expect(readReply(mail(body), now)).toEqual({ kind: 'automatic' });
    expect(readReply(mail('Back on Monday at 9:00.', 'Automatic reply: An idea'), now).kind).toBe(
      'automatic',
    );
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
