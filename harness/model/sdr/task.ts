/** What fits: a company of this size, of one of these industries, in one of these countries. */
export type FitRule = {
  employees: { least: number; most: number } | null;
  industries: string[];
  countries: string[];
};

export type FirstTouch = {
  kind: 'first-touch';
  channel: 'mail' | 'linkedin';
  email: string | null;
  name: string | null;
  company: string | null;
  /** What the person does, where no name is given. */
  title: string | null;
  fit: FitRule | null;
  /** Mention the newest news. */
  news: boolean;
  /** What the mail is to say, in the words of whoever asks for it. */
  claim: string | null;
};

export type ReplyTask = {
  kind: 'reply';
  channel: 'mail' | 'linkedin';
  threadId: string | null;
  email: string | null;
  name: string | null;
};

/** What an SDR is asked to do. */
export type Task =
  | FirstTouch
  | ReplyTask
  | { kind: 'assign'; name: string | null; company: string | null; owner: string }
  | { kind: 'note'; name: string | null; company: string | null; text: string }
  /** Only to look and tell. */
  | { kind: 'look'; name: string | null; company: string | null };

const THREAD = /\bth[-_][\w-]+/gi;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const REPLY =
  /\b(?:repl(?:y|ied|ies)|answer(?:ed)?|responded|response|wrote back|got back|bounced|sent us a message)\b/i;
const CAPITALISED_WORDS = /\p{Lu}[\p{L}'’-]+(?:[ \t]+\p{Lu}[\p{L}'’-]+)*/gu;
const COMPANY = /\b(?:at|from|with)\s+(\p{Lu}[\p{L}\d&'’-]*(?:\s+(?:\p{Lu}[\p{L}\d&'’-]*|&))*)/gu;
/** Words that begin a sentence, not a name. */
const NOT_A_NAME = new Set(
  'alice please write email mail message contact ask tell send invite can could would reach hi hello hey new draft introduce get drop follow the a lead our connect find leave make what check and also then note only on linkedin crm use sorry'.split(
    ' ',
  ),
);

/** Reads one task from its words: addresses and threads by their form, people and companies by their capitals. */
export function readTask(request: string): Task {
  const threadId = request.match(THREAD)?.[0] ?? null;
  const email = EMAIL.exec(request)?.[0] ?? null;
  const text = request.replace(EMAIL, '');
  const name = personIn(text);
  const company = companyIn(text, name);
  const owner = /\bowner\b/i.test(request) ? email : null;
  if (owner) return { kind: 'assign', name, company, owner };
  const note = /\bnote\b[^:]*:\s*(\S[\s\S]*)$/i.exec(request)?.[1];
  if (note) return { kind: 'note', name: personIn(text.slice(0, text.indexOf(':'))), company, text: note };
  if (/\b(?:change nothing|only (?:look|tell))\b/i.test(request)) return { kind: 'look', name, company };
  const channel = /\blinkedin\b/i.test(request) ? 'linkedin' : 'mail';
  if (threadId || REPLY.test(request)) return { kind: 'reply', channel, threadId, email, name };
  const title = /\b(?:to|find) the ([^,.]+?) at /i.exec(text)?.[1] ?? null;
  const workplace = title === null ? company : companyIn(text, null);
  const named = title === null ? name : personIn(text.replace(title, '').replaceAll(workplace ?? '\n', ''));
  return {
    kind: 'first-touch',
    channel,
    email,
    name: named,
    company: workplace,
    title: named === null ? title : null,
    fit: readFit(text),
    news: /\bnews\b/i.test(text),
    claim: /\b(?:say|mention|tell (?:her|him|them)) that (.+?)(?:\.(?!\d)|$)/i.exec(text)?.[1] ?? null,
  };
}

/** The tasks of a request: one for each item of a list, for each thread that is named, or the one that it is. */
export function readTasks(request: string): Task[] {
  const lines = request.split('\n');
  const items = lines.filter((line) => ITEM.test(line));
  if (items.length > 0) {
    const before = lines.filter((line) => !ITEM.test(line)).join(' ');
    const words = before.replace(CAPITALISED_WORDS, (run) => run.split(/\s+/)[0]?.toLowerCase() ?? '');
    return items.map((item) => readTask(`${item.replace(ITEM, '')} ${REPLY.test(item) ? '' : words}`.trim()));
  }
  const threads = request.match(THREAD) ?? [];
  if (threads.length > 1) return threads.map((thread) => readTask(`A reply came in on ${thread}.`));
  return [readTask(request)];
}

const ITEM = /^\s*(?:[-*]|\d+[.)])\s+/;

/** `50 to 500 employees`, `industry: Machinery or Food`, `country: Germany, Austria` */
function readFit(text: string): FitRule | null {
  const size = /\b(\d+)\s*(?:to|-|–)\s*(\d+)\s+(?:employees|people)\b/i.exec(text);
  const list = (word: RegExp) =>
    (word.exec(text)?.[1] ?? '')
      .split(/,|\bor\b|\band\b/)
      .map((item) => item.trim())
      .filter(Boolean);
  const industries = list(/\bindustry:\s*([^;.\n]+)/i);
  const countries = list(/\bcountry:\s*([^;.\n]+)/i);
  if (!size && industries.length + countries.length === 0) return null;
  const employees = size ? { least: Number(size[1]), most: Number(size[2]) } : null;
  return { employees, industries, countries };
}

/** The first run of two or more capitalised words, without what only begins the sentence. */
export function personIn(text: string): string | null {
  for (const [run] of text.matchAll(CAPITALISED_WORDS)) {
    const words = run.split(/\s+/);
    while (words[0] && NOT_A_NAME.has(words[0].toLowerCase())) words.shift();
    if (words.length >= 2) return words.join(' ');
  }
  return null;
}

export function companyIn(text: string, person: string | null): string | null {
  for (const [, company] of text.matchAll(COMPANY))
    if (company && company !== person && !person?.startsWith(company) && !/^linkedin$/i.test(company))
      return company;
  return null;
}
