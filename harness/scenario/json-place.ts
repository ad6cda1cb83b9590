/** Line and column of a text, both from 1. */
export type Place = { line: number; column: number };

/**
 * Where a value stands in the text of a JSON document: at its name in an object, at itself in a list. Of a path that
 * leads nowhere, where its last known member stands. `text` has to be JSON.
 */
export function placeInJson(text: string, path: readonly PropertyKey[]): Place {
  let value = skipSpace(text, 0);
  let shown = value;
  for (const step of path) {
    const member = memberOf(text, value, step);
    if (!member) break;
    value = member.value;
    shown = member.shown;
  }
  const lines = text.slice(0, shown).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Offsets of a member of the object or list at `at`; `null` where it has none of that name or number. */
function memberOf(text: string, at: number, step: PropertyKey): { shown: number; value: number } | null {
  const isObject = text[at] === '{';
  if (!isObject && text[at] !== '[') return null;
  let next = skipSpace(text, at + 1);
  for (let index = 0; next < text.length && !'}]'.includes(text[next] ?? ''); index++) {
    const shown = next;
    const value = isObject ? skipSpace(text, skipSpace(text, endOf(text, next)) + 1) : next;
    const name = isObject ? JSON.parse(text.slice(shown, endOf(text, shown))) : index;
    if (name === (isObject ? String(step) : step)) return { shown, value };
    next = skipSpace(text, endOf(text, value));
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
  return null;
}

/** The offset after the value that begins at `at`. */
function endOf(text: string, at: number): number {
  let depth = 0;
  let place = at;
  do {
    const character = text[place] ?? '';
    if (character === '"') place = endOfString(text, place);
    else if ('{['.includes(character)) [depth, place] = [depth + 1, place + 1];
    else if ('}]'.includes(character)) [depth, place] = [depth - 1, place + 1];
    else if (depth > 0) place += 1;
    else place = endOfScalar(text, place);
  } while (depth > 0 && place < text.length);
  return place;
}

function endOfString(text: string, at: number): number {
  let place = at + 1;
  while (place < text.length && text[place] !== '"') place += text[place] === '\\' ? 2 : 1;
  return place + 1;
}

function endOfScalar(text: string, at: number): number {
  let place = at;
  while (place < text.length && !/[\s,\]}:]/.test(text[place] ?? '')) place += 1;
  return Math.max(place, at + 1);
}

function skipSpace(text: string, at: number): number {
  let place = at;
  while (/\s/.test(text[place] ?? '')) place += 1;
  return place;
}
