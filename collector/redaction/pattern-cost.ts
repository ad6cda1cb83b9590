/**
 * What a regular expression may take. A backtracking engine tries, from every place of a text, one way to match after
 * the other: here the ways are counted, so that a pattern is refused when it is read, not when a text meets it.
 */
export type PatternCost = {
  /** Characters looked at from one place, at most. */
  steps: number;
  /** Characters of the shortest match. */
  shortest: number;
};

/** Why a pattern cannot be weighed. */
export class UnboundedPattern extends Error {
  override readonly name = 'UnboundedPattern';
}

/** `ways`: in how many ways a part can match from one place; `steps`: characters looked at to try them all. */
type Part = { ways: number; steps: number; shortest: number };

const NOTHING: Part = { ways: 1, steps: 0, shortest: 0 };
const CHARACTER: Part = { ways: 1, steps: 1, shortest: 1 };

const token = new RegExp(
  [
    String.raw`(?<assertion>\^|\$|\\[bB])`,
    String.raw`(?<reference>\\[1-9]|\\k)`,
    String.raw`(?<look>\(\?<?[=!])`,
    String.raw`(?<open>\((?:\?:|\?<[^>=!]+>|\?[a-z-]*:)?)`,
    String.raw`(?<close>\))`,
    String.raw`(?<or>\|)`,
    String.raw`(?<character>\[(?:\\.|[^\]\\])*\]|\\[pPu]\{[^}]*\}|\\u[\dA-Fa-f]{4}|\\x[\dA-Fa-f]{2}|\\c.|\\.|.)`,
  ].join('|'),
  'suy',
);
const quantifier = /(?:(?<sign>[*+?])|\{(?<low>\d+)(?<comma>,(?<high>\d*))?\})\??/y;

/**
 * Weighs a pattern that the engine has taken (flag `u`).
 *
 * @throws UnboundedPattern for a repetition without an upper bound, and for a reference to a group.
 */
export function patternCost(source: string): PatternCost {
  const reader = { source, at: 0 };
  const { steps, shortest } = alternatives(reader);
  return { steps, shortest };
}

type Reader = { source: string; at: number };

function alternatives(reader: Reader): Part {
  let all: Part | null = null;
  let current = NOTHING;
  const take = () => {
    all = all === null ? current : either(all, current);
    current = NOTHING;
  };
  while (reader.at < reader.source.length) {
    token.lastIndex = reader.at;
    const found = token.exec(reader.source)?.groups ?? {};
    reader.at = token.lastIndex;
    if (found.close !== undefined) break;
    if (found.reference !== undefined) throw new UnboundedPattern('a reference to a group');
    if (found.or !== undefined) take();
    else current = sequence(current, repeated(partOf(found, reader), reader));
  }
  take();
  return all ?? NOTHING;
}

function partOf(found: Record<string, string | undefined>, reader: Reader): Part {
  if (found.assertion !== undefined) return NOTHING;
  if (found.open !== undefined) return alternatives(reader);
  // What is looked at beside the match is never tried again in another way.
  if (found.look !== undefined) return { ...alternatives(reader), ways: 1, shortest: 0 };
  return CHARACTER;
}

function repeated(part: Part, reader: Reader): Part {
  quantifier.lastIndex = reader.at;
  const found = quantifier.exec(reader.source);
  if (!found) return part;
  reader.at = quantifier.lastIndex;
  const { sign, low = '0', comma, high } = found.groups ?? {};
  if (sign === '*' || sign === '+' || (comma !== undefined && high === '')) {
    throw new UnboundedPattern(`${found[0]}, a repetition without an upper bound; write {1,64}, for example`);
  }
  const [least, most] = sign === '?' ? [0, 1] : [Number(low), Number(comma === undefined ? low : high)];
  return repeat(part, least, most);
}

function sequence(first: Part, second: Part): Part {
  return {
    ways: first.ways * second.ways,
    steps: first.steps + first.ways * second.steps,
    shortest: first.shortest + second.shortest,
  };
}

function either(left: Part, right: Part): Part {
  return {
    ways: left.ways + right.ways,
    steps: left.steps + right.steps,
    shortest: Math.min(left.shortest, right.shortest),
  };
}

/** Nobody means to repeat something more often. */
const mostRepeats = 10_000;

/** `x{2,4}` is `xx(x(x)?)?`. */
function repeat(part: Part, least: number, most: number): Part {
  if (most > mostRepeats) throw new UnboundedPattern(`a repetition of up to ${most} times`);
  const all = { ways: 0, steps: 0, shortest: least * part.shortest };
  let ways = 1;
  for (let count = 0; count <= most; count++) {
    if (count >= least) all.ways += ways;
    if (count < most) all.steps += ways * part.steps;
    ways *= part.ways;
  }
  return all;
}
