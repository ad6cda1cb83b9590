import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import { Json, type JsonObject } from '../../../domain/json.ts';

/** Which differences between two requests make none. They lie beside the cassette, as its keys depend on them. */
export const CassetteRules = z.strictObject({
  /** Members of the request's body, by path: `metadata`, `messages.*.name`; `*` stands for every member. */
  ignore: z
    .array(z.string().min(1))
    .default([
      'user',
      'metadata',
      'store',
      'safety_identifier',
      'prompt_cache_key',
      'prompt_cache_retention',
    ]),
  /** Texts that are replaced wherever they occur: dates, ids, random names. */
  mask: z
    .array(
      z.strictObject({
        /** A regular expression, flags `gu`. */
        pattern: z.string().refine(compiles, 'expected a regular expression'),
        as: z.string().default('*'),
      }),
    )
    .default([]),
});
export type CassetteRules = z.infer<typeof CassetteRules>;

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'gu');
    return true;
  } catch {
    return false;
  }
}

/**
 * A request as recordings are compared by: method, path, query and body, without headers, without what is ignored, and
 * with the masks laid over. A body that is not JSON is a text.
 */
export function canonicalRequest(
  request: { method: string; path: string; search: string; text: string },
  rules: CassetteRules,
): JsonObject {
  const { method, path, search, text } = request;
  const ignored = rules.ignore.map((ignore) => ignore.split('.'));
  const masks = rules.mask.map(({ pattern, as }) => ({ pattern: new RegExp(pattern, 'gu'), as }));
  const body = masked(without(parse(text), ignored), masks);
  return { method, path, ...(search === '' ? {} : { search }), body };
}

function without(value: Json, paths: readonly (readonly string[])[]): Json {
  if (paths.length === 0 || value === null || typeof value !== 'object') return value;
  const below = (key: string) =>
    paths.flatMap(([first, ...rest]) => (first === key || first === '*' ? [rest] : []));
  const kept = Object.entries(value).flatMap(([key, member]): [string, Json][] => {
    const rest = below(key);
    return rest.some((path) => path.length === 0) ? [] : [[key, without(member, rest)]];
  });
  return Array.isArray(value) ? kept.map(([, member]) => member) : Object.fromEntries(kept);
}

function masked(value: Json, masks: readonly { pattern: RegExp; as: string }[]): Json {
  if (masks.length === 0) return value;
  if (typeof value === 'string')
    return masks.reduce((text, { pattern, as }) => text.replace(pattern, as), value);
  if (Array.isArray(value)) return value.map((member) => masked(member, masks));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, masked(member, masks)]));
}

function parse(text: string): Json {
  if (text === '') return null;
  try {
    return Json.parse(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Half a sha256 in hex: two values with one digest will not be met. */
export function digestOf(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}
