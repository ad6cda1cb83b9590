import type { Json, JsonObject } from '../../../domain/json.ts';

/** A call as Python writes it: its positional arguments, and those with a name. */
export type PythonCall = { name: string; positional: Json[]; named: JsonObject };

const SPACE = /\s*/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/y;
const TEXT = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y;
const WORDS: Readonly<Record<string, Json>> = { True: true, False: false, None: null };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

/**
 * Reads one call with literal arguments, `f(1, name='x', rest=[True, {'a': None}])`.
 *
 * @throws SyntaxError naming the place, for anything else
 */
export function parsePythonCall(source: string): PythonCall {
  let at = 0;
  const eat = (expression: RegExp): string | null => {
    expression.lastIndex = at;
    const found = expression.exec(source)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const take = (character: string): boolean => {
    eat(SPACE);
    if (source[at] !== character) return false;
    at += 1;
    return true;
  };
  const fail = (expected: string): never => {
    throw new SyntaxError(`expected ${expected} at ${at + 1} of ${source}`);
  };
  const expect = (character: string) => take(character) || fail(`"${character}"`);
  const listed = (close: string, read: () => void) => {
    while (!take(close)) {
      read();
      if (take(close)) return;
      expect(',');
    }
  };

  const value = (): Json => {
    eat(SPACE);
    const text = eat(TEXT);
    if (text !== null) return unquoted(text);
    const number = eat(NUMBER);
    if (number !== null) return Number(number);
    if (take('[')) return items(']');
    if (take('(')) return items(')');
    if (take('{')) return members();
    const word = eat(NAME);
    return word !== null && Object.hasOwn(WORDS, word) ? (WORDS[word] ?? null) : fail('a literal');
  };
  const items = (close: string): Json[] => {
    const found: Json[] = [];
    listed(close, () => found.push(value()));
    return found;
  };
  const members = (): JsonObject => {
    const found: [string, Json][] = [];
    listed('}', () => {
      const key = value();
      expect(':');
      found.push([String(key), value()]);
    });
    return Object.fromEntries(found);
  };

  eat(SPACE);
  const name = eat(NAME) ?? fail('a name');
  expect('(');
  const positional: Json[] = [];
  const named: [string, Json][] = [];
  listed(')', () => {
    eat(SPACE);
    const start = at;
    const key = eat(NAME);
    if (key !== null && take('=')) {
      named.push([key, value()]);
      return;
    }
    at = start;
    positional.push(value());
  });
  eat(SPACE);
  if (at < source.length) fail('the end');
  return { name, positional, named: Object.fromEntries(named) };
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])/g, (whole, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (code === '\\' || code === "'" || code === '"') return code;
    return ESCAPES[code] ?? whole;
  });
}
