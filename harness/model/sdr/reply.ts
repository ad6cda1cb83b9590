import { readMeetingTime } from './meeting-time.ts';
import type { Mail } from './observations.ts';

/** What a received mail wants. */
export type ReplyIntent =
  | { kind: 'automatic' }
  | { kind: 'opt-out' }
  /** Epoch milliseconds. */
  | { kind: 'meeting'; start: number }
  | { kind: 'other' };

const AUTOMATIC =
  /\b(?:out of (?:the )?office|automatic reply|auto-?reply|autoresponder|on (?:annual |parental |sick )?leave|away from my (?:desk|mail)|limited access to (?:e-?)?mail|undeliverable|delivery (?:has )?failed)\b/i;
const OPT_OUT =
  /\b(?:unsubscribe|opt(?:ing)?[ -]?(?:me )?out|(?:remove|delete|take) (?:me|my (?:address|e-?mail|details)|us)\b|stop (?:writing|e-?mailing|mailing|contacting|messaging|sending)|(?:do not|don['’]t|never) (?:write|e-?mail|mail|contact|message)|no (?:more|further) (?:e-?)?(?:mails?|messages|contact))/i;

/**
 * Reads what the sender wants. Automatic answers come first: they may well name days. What the sender quotes of
 * earlier mail is not theirs and is left out.
 */
export function readReply({ subject, body }: Mail, now: number): ReplyIntent {
  const words = withoutQuotes(body);
  if (AUTOMATIC.test(subject) || AUTOMATIC.test(words)) return { kind: 'automatic' };
  if (OPT_OUT.test(subject) || OPT_OUT.test(words)) return { kind: 'opt-out' };
  const start = readMeetingTime(words, now);
  return start === null ? { kind: 'other' } : { kind: 'meeting', start };
}

function withoutQuotes(body: string): string {
  return body
    .replace(/^On .+ wrote:$[\s\S]*/m, '')
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n');
}
