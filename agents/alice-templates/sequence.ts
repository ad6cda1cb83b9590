/** One mail of a campaign, with `{{first_name}}` and `{{company}}` to be filled in. */
export type Step = {
  /** Days after the first mail. */
  day: number;
  subject: string;
  body: string;
};

/** Who a mail is filled in for. */
export type Reader = { name: string; company: string | null };

/** The offer, as the user of the tool has worded it: three mails, the same for everybody but for two words. */
export const SEQUENCE: readonly Step[] = [
  {
    day: 0,
    subject: 'More first conversations for {{company}}',
    body: 'Hi {{first_name}},\n\nwe help teams like yours at {{company}} to start more conversations with new customers. Would a short call next week be of use?\n\nAlice',
  },
  {
    day: 4,
    subject: 'Re: More first conversations for {{company}}',
    body: 'Hi {{first_name}},\n\ndid you have a chance to look at my last mail? I would be glad to show you what we do.\n\nAlice',
  },
  {
    day: 9,
    subject: 'Last try: more first conversations for {{company}}',
    body: 'Hi {{first_name}},\n\nI do not want to bother you, so this is my last mail. If the time is right later, just answer.\n\nAlice',
  },
];

/** The words of a step for one reader. */
export function fill(template: string, { name, company }: Reader): string {
  return template
    .replaceAll('{{first_name}}', () => name.split(' ')[0] ?? name)
    .replaceAll('{{company}}', () => company ?? 'your company');
}

const DAY_MS = 86_400_000;

/**
 * The step that is due, or `null` where none is: the next after those that were sent, once its day has come.
 *
 * @param sent mails to the reader so far
 * @param now epoch milliseconds
 */
export function stepDue(
  reader: Reader,
  sent: readonly { subject: string; sent_at: string }[],
  now: number,
): Step | null {
  const own = sent.filter(({ subject }) => SEQUENCE.some((step) => fill(step.subject, reader) === subject));
  const first = Math.min(now, ...own.map(({ sent_at }) => Date.parse(sent_at)));
  const next = SEQUENCE[own.length];
  return next && now - first >= next.day * DAY_MS ? next : null;
}
