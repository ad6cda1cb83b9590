import type { Json, JsonObject } from '../../domain/json.ts';
import { MAX_DEPTH } from '../otlp/any-value.ts';

/**
 * What a value holds that may be JSON in a text, which emitters use for all that is not a plain value, some of them
 * twice. A text that is not JSON, was cut off, or nests deeper than attributes may, stays as it is.
 */
export function embeddedJson(value: Json): Json {
  const once = parsed(value);
  return typeof once === 'string' && once !== value ? parsed(once) : once;
}

function parsed(value: Json): Json {
  if (typeof value !== 'string' || !startsLikeJson(value)) return value;
  try {
    const json = JSON.parse(value) as Json;
    return isDeeper(json, MAX_DEPTH) ? value : json;
  } catch {
    return value;
  }
}

function isDeeper(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeper(member, depth - 1));
}

/** Objects, arrays and quoted texts. A bare number or word is left a text: it may be an id. */
function startsLikeJson(text: string): boolean {
  const first = text.trimStart()[0];
  return first === '{' || first === '[' || first === '"';
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
