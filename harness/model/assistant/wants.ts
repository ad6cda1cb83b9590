/** One thing that is wanted, in the words in which it was said. */
export type Want = { kind: WantKind; words: string };

/** In the order in which they are looked for. */
const KINDS = {
  decline: /\b(?:pay|buy|purchase|order|transfer|wire|refund|fly|flight|taxi|ring up|phone the|call the)\b/i,
  'save-contact': /\b(?:save|add)\b.*(?:\bnumber\b|\bcontacts?\b|\baddress book\b|\+\d)/i,
  'change-contact': /\b(?:change|update)\b.*\b(?:number|e-?mail|address)\b|\bnew number\b/i,
  'read-texts': /\b(?:check|read|look (?:at|for|in|into)|see)\b.*\btexts?\b|\bwhat did .* text\b/i,
  research: /\bwho is\b|\bfind out\b|\bwhat do we know\b|\bbackground\b|\bbrief me\b|\blook up\b/i,
  cancel: /\b(?:cancel|call off)\b/i,
  move: /\b(?:move|reschedule|push|shift)\b/i,
  agenda:
    /\bwhat(?:'s| is| do I have)\b.*\b(?:on|calendar|today|tomorrow|day)\b|\bmy (?:agenda|day) (?:for|on)\b/i,
  schedule: /\b(?:book|schedule|set up|block|arrange|find)\b|\b(?:put|pencil)\b.*\b(?:in|into|calendar)\b/i,
  text: /\b(?:text|sms|message)\b/i,
  mail: /\b(?:e-?mail|mail|write to|answer|reply|confirm)\b/i,
} as const;
export type WantKind = keyof typeof KINDS;

const VERBS =
  'text|sms|message|mail|e-?mail|write|answer|reply|confirm|cancel|move|reschedule|push|book|schedule|set up|block|put|save|add|change|update|check|read|find|look|pay|buy|order|tell|let';
const BREAK = new RegExp(
  `(?:,?\\s+and\\s+(?:then\\s+|also\\s+|please\\s+)?|,\\s*then\\s+|[.;!]\\s+(?:then\\s+|also\\s+|please\\s+)?)(?=(?:${VERBS})\\b)`,
  'i',
);
/** Words that lean on what was said before them. */
const LEANS = /\b(?:her|him|them|it|they|the new time|the time)\b/i;

/** What a request asks for, one want a clause. Clauses that ask for nothing belong to the one before. */
export function readWants(request: string): Want[] {
  const wants: Want[] = [];
  for (const words of request.split(BREAK)) {
    const kind = kindOf(words);
    const last = wants.at(-1);
    if (kind) wants.push({ kind, words: words.trim() });
    else if (last) last.words += ` ${words.trim()}`;
  }
  return wants;
}

function kindOf(words: string): WantKind | null {
  // What a message shall say is no want of its own.
  const plain = withoutMessage(words);
  for (const kind of Object.keys(KINDS) as WantKind[]) if (KINDS[kind].test(plain)) return kind;
  return null;
}

/** The words without what is to be told to somebody. */
export function withoutMessage(words: string): string {
  return words.replace(/\b(?:that|saying)\b.*|(?<=\b(?:text|message|mail|send)\b[^:]*):.*/is, '');
}

/** Whether a want can be met without the ones before it. */
export function standsAlone({ words }: Want): boolean {
  return !LEANS.test(withoutMessage(words));
}

/** What the user said meanwhile makes of what is wanted. */
export function withFeedback(wants: readonly Want[], feedback: string): Want[] {
  const fresh = readWants(feedback);
  const drops =
    /\b(?:instead|rather|never ?mind|forget|stop|don['’]t|do not|cancel that|scratch that)\b/i.test(feedback);
  const corrects = /\b(?:make it|I meant|not .+ but|change (?:it|that) to|the one at)\b/i.test(feedback);
  if (corrects || (fresh.length === 0 && !drops)) {
    return wants.map((want) => ({ ...want, words: `${want.words}\n${feedback}` }));
  }
  if (fresh.length > 0 && !/\b(?:don['’]t|do not|stop)\b/i.test(feedback))
    return drops ? fresh : [...wants, ...fresh];
  return [];
}
