import { addMatch, findAll, type Match, marker, type Rule, withoutOverlaps } from './rule.ts';

const names =
  'password|passwd|passphrase|secret|api[ ._-]?key|secret[._-]?key|(?:access|refresh|auth)[._-]?token|authorization|cookie';
const secretName = new RegExp(`(?:${names})$`, 'i');

/** Whether a name says that its value is secret: `db.password`, `http.request.header.authorization`, `apiKey`. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** The password of an address: `postgres://user:password@host`. */
const inAddress = /:\/\/[^ \t\r\n/:@"'<>\\]{0,256}:(?<secret>[^ \t\r\n/@"'<>\\]{1,256})(?=@)/g;

/** As in a shell, an environment file or a query: `password=...`, `&api_key=...`; not code: `api_key=os.getenv(...)`. */
const assigned = new RegExp(
  String.raw`(?:${names})=(?=(?<secret>[^ \t\r\n&;,"'<>(){}[\]\\]{1,1024}))\k<secret>(?![({[])`,
  'gi',
);

/** As in JSON, and in JSON that is text in JSON: `"password": "`, `\"password\": \"`; and as Python prints it. */
const member = new RegExp(String.raw`(?:${names})(?<escapes>\\{0,63})(?<quote>["'])[ ]?:[ ]?\1\2`, 'gi');

/** How both begin: looked for first, since addresses are commoner than secrets. */
const named = new RegExp(String.raw`(?:${names})[=\\"']`, 'i');

/** What people write where no secret is. */
const placeholder = /^(?:none|null|undefined|true|false|string|\*+|\[redacted:[a-z0-9-]+\])$/i;

export function isPlaceholder(value: string): boolean {
  return placeholder.test(value);
}

/** What is assigned to a name that says that it is secret, and passwords in addresses. */
export const credentials: Rule = {
  name: 'credentials',
  replacement: marker('credential'),
  triggers: [
    ...['@', 'passw', 'passphrase', 'secret', 'api_key', 'api-key', 'apikey', 'api.key', 'api key'],
    ...['ss_token', 'ss-token', 'ss.token', 'sstoken', 'sh_token', 'sh-token', 'sh.token', 'shtoken'],
    ...['th_token', 'th-token', 'th.token', 'thtoken', 'authorization', 'cookie'],
  ],
  encoding: 'latin1',
  find(text) {
    const secret = ({ start, end }: Match) => end > start && !isPlaceholder(text.slice(start, end));
    const inAddresses = findAll(text, inAddress, { group: 'secret' });
    if (!named.test(text)) return inAddresses.filter(secret);
    const matches = [...inAddresses, ...findAll(text, assigned, { group: 'secret' }), ...memberValues(text)];
    return withoutOverlaps(matches).filter(secret);
  },
};

function memberValues(text: string): Match[] {
  const values: Match[] = [];
  let free = 0;
  for (const match of text.matchAll(member)) {
    if (match.index < free) continue;
    const start = match.index + match[0].length;
    const end = endOfString(text, start, match.groups?.quote ?? '"', match.groups?.escapes?.length ?? 0);
    if (addMatch(values, { start, end }, text)) break;
    free = end;
  }
  return values;
}

/**
 * Where a string ends whose opening quote has `escapes` backslashes before it: none in JSON, one in JSON that is text
 * in JSON, then three, seven, and so on. A quote that belongs to the content has more, by the pairs that it takes to
 * write one. The end of the text, where the string was cut.
 */
function endOfString(text: string, start: number, quote: string, escapes: number): number {
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + 1)) {
    let before = 0;
    while (at - before > start && text[at - before - 1] === '\\') before++;
    if (before < escapes) return at - before;
    if ((before - escapes) % (2 * escapes + 2) === 0) return at - escapes;
  }
  return text.length;
}
