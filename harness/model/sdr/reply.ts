import { readMeetingTime } from './meeting-time.ts';
import { personIn } from './task.ts';

/** What a received message wants. */
export type ReplyIntent =
  | { kind: 'automatic' }
  /** The address that no mail reaches; `null` where the notice does not name it. */
  | { kind: 'bounce'; address: string | null }
  /** `everybody`: at the sender's company. */
  | { kind: 'opt-out'; everybody: boolean }
  | { kind: 'cancel' }
  /** Epoch milliseconds. */
  | { kind: 'move'; start: number }
  | { kind: 'meeting'; start: number }
  | { kind: 'referral'; name: string }
  | { kind: 'no'; later: string | null }
  | { kind: 'interest' }
  | { kind: 'question' }
  | { kind: 'other' };

/** A message as it came in, over mail or elsewhere. */
export type Received = { from: string; subject: string; body: string };

const AUTOMATIC =
  /(?<!\p{L})(?:out of (?:the )?office|automatic reply|auto-?reply|autoresponder|on (?:annual |parental |sick )?leave|away from my (?:desk|mail)|limited access to (?:e-?)?mail|undeliverable|delivery (?:has )?failed|abwesenheitsnotiz|nicht im büro|réponse automatique|absente? du bureau|fuera de la oficina)(?!\p{L})/iu;
const BOUNCED_FROM = /^(?:mailer-daemon|postmaster)@/i;
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const OPT_OUT = new RegExp(
  [
    'unsubscribe',
    'opt(?:ing)?[ -]?(?:me )?out',
    '(?:remove|delete|take|strike|drop) (?:me|us|my (?:name|address|e-?mail|details))\\b(?! a)',
    'stop (?:writing|e-?mailing|mailing|contacting|messaging|sending)',
    "(?:do not|don['’]t|never) (?:ever )?(?:write|e-?mail|mail|contact|message)",
    'no (?:more|further) (?:of (?:this|these|your) )?(?:e-?)?(?:mails?|messages|contact)',
    'lose my (?:address|number|e-?mail)',
    'leave (?:me|us) (?:alone|in peace)',
    'last (?:mail|message) (?:i|we) (?:want|wish) to (?:get|see|receive)',
    'aus (?:ihrem|dem|eurem) verteiler',
    'keine (?:weiteren )?(?:e-?mails|nachrichten|werbung)',
    'nicht mehr (?:an)?schreiben',
    "me désinscrire|désabonne[rz]|ne (?:m['’]écrivez plus|plus (?:m['’]écrire|me contacter))",
    'no me (?:escriban?|contacten?) más|dar(?:me)? de baja|borr[ae]n? mis datos',
    'non (?:scrivetemi|contattatemi) più|cancellatemi',
    'proszę (?:o usunięcie|mnie usunąć|nie pisać)',
  ].join('|'),
  'iu',
);
const EVERYBODY = /\b(?:nobody|no ?one|anyone|anybody|none of us|everyone|all of us)\b/i;
const CANCEL = /\b(?:cancel|call off|scrap|drop) (?:the|our|that|this|it|my)\b|\b(?:meeting|call) is off\b/i;
const MOVE = /\b(?:move|re-?schedule|postpone|push|shift|make it|instead)\b/i;
const SERIOUS =
  /\b(?:price|pricing|prices|costs?|quote|discount|contract|invoice|terms|lawyer|legal|gdpr|data protection|complain\w*|authority|unacceptable|outrageous|harass\w*|sue)\b/i;
const REFERRAL =
  /\b(?:talk|speak|write|turn|get in touch|reach out|ask|contact|try|look after|handled by|is with|responsible is|successor is|took over from me is)\b(.*)$/i;
const LATER =
  /\b(?:in|after|before|from|until|around) ((?:the )?(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|q[1-4]|new year|next (?:year|quarter|month)|second half|first half)(?: \d{4})?)\b/i;
const NO =
  /\b(?:not (?:interested|for us|a (?:fit|priority)|the right (?:time|moment|person)|right now|at the moment|my area)|no (?:interest|need|budget|thanks|thank you)|we(?:['’]re| are) (?:all )?(?:set|fine)|already (?:have|use)|i['’]?ll pass|pass on this|no longer (?:with|at|responsible)|wrong person|too busy)\b/i;
const INTEREST =
  /\b(?:interested|tell me more|sounds (?:good|great|interesting|useful)|happy to (?:talk|chat|meet)|gladly|let['’]s (?:talk|chat)|(?:would|['’]d) (?:love|like) to|keen|worth a (?:chat|call|conversation))\b/i;

/**
 * Reads what the sender wants. Automatic answers come first: they may well name days. An opt-out comes before all else
 * that a person says. What the sender quotes of earlier mail is not theirs and is left out.
 */
export function readReply({ from, subject, body }: Received, now: number): ReplyIntent {
  const words = withoutQuotes(body);
  if (BOUNCED_FROM.test(from)) return { kind: 'bounce', address: ADDRESS.exec(words)?.[0] ?? null };
  if (AUTOMATIC.test(subject) || AUTOMATIC.test(words)) return { kind: 'automatic' };
  if (OPT_OUT.test(subject) || OPT_OUT.test(words))
    return { kind: 'opt-out', everybody: EVERYBODY.test(words) };
  if (SERIOUS.test(words)) return { kind: 'other' };
  const start = readMeetingTime(words, now);
  if (start !== null) return MOVE.test(words) ? { kind: 'move', start } : { kind: 'meeting', start };
  if (CANCEL.test(words)) return { kind: 'cancel' };
  const other = referredTo(words);
  if (other !== null) return { kind: 'referral', name: other };
  const later = LATER.exec(words)?.[1] ?? null;
  if (NO.test(words)) return { kind: 'no', later };
  if (words.includes('?') && !INTEREST.test(words)) return { kind: 'question' };
  if (later !== null) return { kind: 'no', later };
  return INTEREST.test(words) ? { kind: 'interest' } : { kind: 'other' };
}

/** The line of the material that answers the question: the one that shares most of its words, and two at least. */
export function answerFrom(material: readonly string[], question: string): string | null {
  const wanted = stems(withoutQuotes(question));
  const scored = material
    .map((line) => ({ line, shared: [...stems(line)].filter((stem) => wanted.has(stem)).length }))
    .sort((a, b) => b.shared - a.shared);
  const [best] = scored;
  return best && best.shared >= 2 ? best.line : null;
}

const COMMON = new Set(
  'your with that this from have does about what when where which there their would'.split(' '),
);

function stems(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.filter((word) => !COMMON.has(word)).map((word) => word.slice(0, 5)));
}

/** Whom a sentence names after words of passing on. */
function referredTo(words: string): string | null {
  for (const sentence of words.split(/[.!?\n]+/)) {
    const [, after] = REFERRAL.exec(sentence) ?? [];
    const name = after === undefined ? null : personIn(after);
    if (name !== null) return name;
  }
  return null;
}

export function withoutQuotes(body: string): string {
  return body
    .replace(/^On .+ wrote:$[\s\S]*/m, '')
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n');
}
