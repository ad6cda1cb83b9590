/** What an SDR is asked to do: answer a reply that came in, or write to somebody first. */
export type Task =
  | { kind: 'reply'; threadId: string | null; email: string | null; name: string | null }
  | { kind: 'first-touch'; email: string | null; name: string | null; company: string | null };

const THREAD = /\bth[-_][\w-]+/i;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const REPLY = /\b(?:repl(?:y|ied|ies)|answer(?:ed)?|responded|response|wrote back|got back)\b/i;
const CAPITALISED_WORDS = /\p{Lu}[\p{L}'’-]+(?:[ \t]+\p{Lu}[\p{L}'’-]+)*/gu;
const COMPANY = /\b(?:at|from|with)\s+(\p{Lu}[\p{L}\d&'’-]*(?:\s+(?:\p{Lu}[\p{L}\d&'’-]*|&))*)/gu;
/** Words that begin a sentence, not a name. */
const NOT_A_NAME = new Set(
  'alice please write email mail message contact ask tell send invite can could would reach hi hello hey new draft introduce get drop follow the a lead our'.split(
    ' ',
  ),
);

/** Reads the task from its words: addresses and threads by their form, people and companies by their capitals. */
export function readTask(request: string): Task {
  const threadId = THREAD.exec(request)?.[0] ?? null;
  const email = EMAIL.exec(request)?.[0] ?? null;
  const name = personIn(request.replace(EMAIL, ''));
  if (threadId || REPLY.test(request)) return { kind: 'reply', threadId, email, name };
  return { kind: 'first-touch', email, name, company: companyIn(request, name) };
}

/** The first run of two or more capitalised words, without what only begins the sentence. */
function personIn(text: string): string | null {
  for (const [run] of text.matchAll(CAPITALISED_WORDS)) {
    const words = run.split(/\s+/);
    while (words[0] && NOT_A_NAME.has(words[0].toLowerCase())) words.shift();
    if (words.length >= 2) return words.join(' ');
  }
  return null;
}

function companyIn(text: string, person: string | null): string | null {
  for (const [, company] of text.matchAll(COMPANY))
    if (company && company !== person && !person?.startsWith(company)) return company;
  return null;
}
