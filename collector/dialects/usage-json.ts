import type { Json, JsonObject } from '../../domain/json.ts';
import type { Usage } from '../../domain/usage.ts';
import { isObject } from './embedded-json.ts';
import { countOf } from './plain-number.ts';
import { exclusiveUsage, type ReportedUsage } from './usage.ts';

const INPUT = ['input', 'input_tokens', 'prompt_tokens', 'inputTokens', 'promptTokens'];
const OUTPUT = ['output', 'output_tokens', 'completion_tokens', 'outputTokens', 'completionTokens'];
const TOTAL = ['total', 'total_tokens', 'totalTokens'];
/** Beside the whole. */
const CACHE_READ = [
  'input_cached_tokens',
  'input_cache_read',
  'input_cache_read_tokens',
  'cache_read_input_tokens',
  'cacheReadInputTokens',
];
const CACHE_WRITE = [
  'input_cache_creation',
  'input_cache_write',
  'input_cache_creation_tokens',
  'cache_creation_input_tokens',
  'cacheCreationInputTokens',
];
const REASONING = ['output_reasoning_tokens', 'output_reasoning'];
/** In an object of details, which OpenAI and LangChain put within the whole. */
const INPUT_DETAILS = ['input_token_details', 'input_tokens_details', 'prompt_tokens_details'];
const OUTPUT_DETAILS = ['output_token_details', 'output_tokens_details', 'completion_tokens_details'];
const DETAIL_READ = ['cache_read', 'cached_tokens'];
const DETAIL_WRITE = ['cache_creation', 'cache_write'];
const DETAIL_REASONING = ['reasoning', 'reasoning_tokens'];

/**
 * Usage that came as one JSON object, in the words of Langfuse, OpenAI, Anthropic or LangChain. Details that stand beside
 * the whole were taken out of it (Langfuse, Anthropic), unless the total says otherwise; details in an object of their
 * own are within it (OpenAI, LangChain).
 */
export function usageOfJson(value: Json): Usage | null {
  if (!isObject(value)) return null;
  const usage: ReportedUsage = {
    input: firstCount(value, INPUT),
    output: firstCount(value, OUTPUT),
    total: firstCount(value, TOTAL),
    ...cacheDetails(value, CACHE_READ, CACHE_WRITE),
    reasoning: firstCount(value, REASONING),
  };
  const beside = usage.cacheRead !== null || usage.cacheWrite !== null || usage.reasoning !== null;
  if (!beside) return exclusiveUsage({ ...usage, ...nestedDetails(value) });
  return exclusiveUsage(withOtherDetails(usage, value), true);
}

/** The parts that an object of input details (`{cache_read, cache_creation}`) and one of output details name. */
export function detailsOfJson(
  input: Json,
  output: Json,
): Pick<ReportedUsage, 'cacheRead' | 'cacheWrite' | 'reasoning'> {
  return {
    ...(isObject(input)
      ? cacheDetails(input, DETAIL_READ, DETAIL_WRITE)
      : { cacheRead: null, cacheWrite: null }),
    reasoning: isObject(output) ? firstCount(output, DETAIL_REASONING) : null,
  };
}

function nestedDetails(value: JsonObject) {
  const find = (keys: string[]) => keys.map((key) => value[key]).find(isObject) ?? null;
  return detailsOfJson(find(INPUT_DETAILS), find(OUTPUT_DETAILS));
}

/** Anthropic also tells writes apart by how long they live; Langfuse passes that on. */
function cacheDetails(value: JsonObject, read: string[], write: string[]) {
  const lifetimes = Object.keys(value).filter(isLifetime);
  const written = lifetimes.length > 0 ? sumOf(value, lifetimes) : null;
  return { cacheRead: firstCount(value, read), cacheWrite: firstCount(value, write) ?? written };
}

function isLifetime(key: string): boolean {
  return key.includes('cache_creation') && (key.endsWith('_5m') || key.endsWith('_1h'));
}

/**
 * Audio, images and the like have no bucket of their own. Langfuse takes them out of the whole too: they go back, where
 * the total is that of all parts together or is not said.
 */
function withOtherDetails(usage: ReportedUsage, value: JsonObject): ReportedUsage {
  const known = new Set([...INPUT, ...OUTPUT, ...CACHE_READ, ...CACHE_WRITE, ...REASONING]);
  const others = (prefix: string) =>
    sumOf(
      value,
      Object.keys(value).filter((key) => key.startsWith(prefix) && !known.has(key) && !key.includes('cache')),
    );
  if (usage.total === (usage.input ?? 0) + (usage.output ?? 0)) return usage;
  return {
    ...usage,
    input: usage.input === null ? null : usage.input + others('input_'),
    output: usage.output === null ? null : usage.output + others('output_'),
  };
}

function sumOf(value: JsonObject, keys: string[]): number {
  return keys.reduce((sum, key) => sum + (firstCount(value, [key]) ?? 0), 0);
}

function firstCount(value: JsonObject, keys: readonly string[]): number | null {
  for (const key of keys) {
    const count = countOf(value[key] ?? null);
    if (count !== null) return count;
  }
  return null;
}
