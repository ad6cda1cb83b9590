import { canonicalJson } from './canonical-json.ts';
import type { Json } from './json.ts';
import type { CallStep } from './step.ts';

/** Names, by their letters alone, of what tells of the request itself, in arguments and in results. */
const OF_REQUEST = `requestid requestuuid requesttime requestedat correlationid traceid spanid callid toolcallid
  clientrequestid idempotencykey nonce timestamp ts now`;
/** Of arguments: which attempt it is, or which part of a list. Whether that helped shows in the result. */
const OF_ATTEMPT = `attempt attempts attemptnumber try tries retry retries retrycount iteration cachebuster seed
  page pagenumber pagetoken nextpagetoken cursor offset skip startingafter`;
/** Of results: when and how fast they were given. */
const OF_ANSWER = `servertime currenttime servedat checkedat fetchedat retrievedat generatedat took tookms elapsed
  elapsedms latency latencyms durationms responsetime responsetimems querytime querytimems etag`;

const words = (...lists: string[]) => new Set(lists.join(' ').split(/\s+/));
const VOLATILE_ARGUMENTS = words(OF_REQUEST, OF_ATTEMPT);
const VOLATILE_RESULTS = words(OF_REQUEST, OF_ANSWER);

/** A time to the second, as clocks give it: people name whole minutes. */
const CLOCK_TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:(?!00(?!\.\d*[1-9]))\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * A text for each step that is equal where a step tells nothing that an equal one has not told: the same tool with
 * the same result, for arguments that differ at most in what changes with every call. That is a value under a name as
 * above, a time to the second, and a UUID that no earlier result has given. Two arguments that differ otherwise ask for
 * two things, and the same "not found" for each is news. O(length of arguments and results).
 */
export function stepPrints(steps: readonly CallStep[]): string[] {
  const given = new Set<string>();
  const known = (id: string) => given.has(id.toLowerCase());
  const steady = (text: string) =>
    text.replace(CLOCK_TIME, '<time>').replace(UUID, (id) => (known(id) ? id : '<uuid>'));
  return steps.map((step) => {
    const asked = withoutVolatile(step.arguments, VOLATILE_ARGUMENTS, steady);
    const told = canonicalJson(withoutVolatile(step.result, VOLATILE_RESULTS, (text) => text));
    for (const [id] of told.matchAll(UUID)) given.add(id.toLowerCase());
    return `${canonicalJson([step.tool, asked])}${told}`;
  });
}

function withoutVolatile(value: Json, names: ReadonlySet<string>, steady: (text: string) => string): Json {
  if (typeof value === 'string') return steady(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutVolatile(item, names, steady));
  const kept = Object.entries(value).filter(
    ([name]) => !names.has(name.toLowerCase().replace(/[^a-z]/g, '')),
  );
  // A prototype may not be named by hostile text.
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutVolatile(item, names, steady)]));
}
