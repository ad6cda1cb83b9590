/** Where a text stops being JSON. Line and column count from 1. */
export type JsonProblem = { line: number; column: number; message: string };

const SPACE = /[ \t\n\r]*/y;
const SCALAR =
  /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

/**
 * Finds the first place at which `text` cannot go on to be JSON, or `null` where it is JSON. `JSON.parse` names the
 * place only in some of its messages.
 */
export function findJsonProblem(text: string): JsonProblem | null {
  let at = 0;
  const eat = (expression: RegExp) => {
    expression.lastIndex = at;
    const found = expression.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const take = (character: string) => {
    eat(SPACE);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  /** What was expected where reading stopped; `null` after a whole value. */
  const value = (): string | null => {
    if (take('{')) return members('}', member);
    if (take('[')) return members(']', value);
    eat(SPACE);
    return eat(SCALAR) === null ? 'a value' : null;
  };
  const member = (): string | null => {
    eat(SPACE);
    if (text[at] !== '"' || eat(SCALAR) === null) return 'a name in double quotes';
    return take(':') ? value() : '":"';
  };
  const members = (close: string, read: () => string | null): string | null => {
    if (take(close)) return null;
    do {
      const missing = read();
      if (missing !== null) return missing;
    } while (take(','));
    return take(close) ? null : `"," or "${close}"`;
  };

  const missing = value();
  eat(SPACE);
  if (missing === null && at === text.length) return null;
  const lines = text.slice(0, at).split('\n');
  const found = at < text.length ? JSON.stringify(text[at]) : 'the end of the text';
  return {
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    message: `expected ${missing ?? 'the end of the text'}, got ${found}`,
  };
}
