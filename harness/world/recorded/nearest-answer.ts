import { jsonEqual } from '../../../domain/canonical-json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';

/** The answer whose arguments differ in the fewest members, the first of several; `null` where there is none. */
export function nearestAnswer<T extends { arguments: Json }>(given: Json, answers: readonly T[]): T | null {
  let nearest: T | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const answer of answers) {
    const count = differingNames(answer.arguments, given).length;
    if (count < fewest) {
      nearest = answer;
      fewest = count;
    }
  }
  return nearest;
}

/** `q ("Lee" was recorded, now "Kim")` */
export function differingArguments(recorded: Json, given: Json): string[] {
  return differingNames(recorded, given).map(
    (name) =>
      `${name} (${excerpt(memberOf(recorded, name))} was recorded, now ${excerpt(memberOf(given, name))})`,
  );
}

/** What stands for arguments that are no object. */
const WHOLE = 'arguments';

function differingNames(left: Json, right: Json): string[] {
  if (!isObject(left) || !isObject(right)) return jsonEqual(left, right) ? [] : [WHOLE];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names.filter((name) => {
    if (!Object.hasOwn(left, name) || !Object.hasOwn(right, name)) return true;
    return !jsonEqual(left[name] ?? null, right[name] ?? null);
  });
}

function memberOf(value: Json, name: string): Json | undefined {
  if (!isObject(value)) return value;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function excerpt(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
