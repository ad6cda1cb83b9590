import { AppError } from '../../domain/errors.ts';
import { tooManyValues } from './memory-budget.ts';

/** Smaller bodies cannot do harm: three bytes take sixty at most. */
const checkedBytes = 1024 * 1024;
/** A value nested 100 deep takes four brackets a level. */
const mostBrackets = 1000;
/** Members and brackets: sixty bytes each. */
const mostTokens = 8_000_000;

const utf8 = new TextDecoder();

/**
 * Parses a JSON body. A large one is counted through first: of `[{},{},...]` it would become thirty times as much
 * in memory, and take ten seconds.
 *
 * @throws AppError BODY_UNDECODABLE, BODY_TOO_LARGE
 */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  if (body.length > checkedBytes) checkShape(body);
  try {
    return JSON.parse(utf8.decode(body));
  } catch (error) {
    throw undecodable(error instanceof Error ? error.message : String(error));
  }
}

function checkShape(body: Buffer): void {
  let depth = 0;
  let tokens = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) at = endOfString(body, at);
    else if (byte === COMMA) tokens++;
    else if (byte === BRACE || byte === BRACKET) {
      tokens++;
      if (++depth > mostBrackets) throw undecodable(`nested deeper than ${mostBrackets} brackets`);
    } else if (byte === BRACE_END || byte === BRACKET_END) depth--;
  }
  if (tokens > mostTokens) throw tooManyValues();
}

/** Where the string that begins at `start` ends. */
function endOfString(body: Buffer, start: number): number {
  let at = body.indexOf(QUOTE, start + 1);
  while (at >= 0 && isEscaped(body, at)) at = body.indexOf(QUOTE, at + 1);
  return at < 0 ? body.length : at;
}

/** Whether an odd number of backslashes stands before. */
function isEscaped(body: Buffer, at: number): boolean {
  let before = at - 1;
  while (body[before] === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}

const [QUOTE, COMMA, BRACE, BRACE_END, BRACKET, BRACKET_END, BACKSLASH] = [
  0x22, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d, 0x5c,
] as const;

function undecodable(reason: string): AppError {
  return new AppError('BODY_UNDECODABLE', `expected JSON: ${reason}`);
}
