/** A stretch of a text that is to be replaced: from `start` to before `end`. */
export type Match = { start: number; end: number };

/** Something to find in texts and to put a marker in the place of. */
export type Rule = {
  /** As in the configuration and in the counts. */
  name: string;
  replacement: string;
  /**
   * Lower-case ASCII, of one character or at least three; each match holds one of them, in whatever case, or is a row
   * of digits where `digits` is set. Only texts with one are searched by a built-in rule.
   */
  triggers: readonly string[];
  /** Whether a row of thirteen digits or more is a trigger. */
  digits?: boolean;
  /** In what form `find` takes its text: one character a byte, or as written. */
  encoding: 'latin1' | 'utf8';
  /** Matches in order, none overlapping another; in time linear in the length of the text. */
  find(text: string): Match[];
};

/** What is left in the place of a match. Nothing in it needs an escape in JSON, and no rule finds it. */
export function marker(label: string): string {
  return `[redacted:${label}]`;
}

const mostMatches = 100_000;

/**
 * Adds a match. A text with more matches than anybody writes becomes one match, so that none is missed and the memory
 * that a hostile text takes is bounded.
 *
 * @returns whether the whole text is now taken.
 */
export function addMatch(matches: Match[], match: Match, text: string): boolean {
  if (matches.length < mostMatches) {
    matches.push(match);
    return false;
  }
  matches.splice(0, matches.length, { start: 0, end: text.length });
  return true;
}

type FindOptions = {
  /** Whether what was found is meant; default: it is. */
  accept?: (found: string) => boolean;
  /** The group of the pattern that is to be replaced; it stands at the pattern's end. Default: the whole. */
  group?: string;
};

/** All matches of a global pattern. */
export function findAll(text: string, pattern: RegExp, { accept, group }: FindOptions = {}): Match[] {
  const matches: Match[] = [];
  for (const match of text.matchAll(pattern)) {
    const found = group === undefined ? match[0] : match.groups?.[group];
    if (found === undefined || (accept && !accept(found))) continue;
    const end = match.index + match[0].length;
    if (addMatch(matches, { start: end - found.length, end }, text)) break;
  }
  return matches;
}

/** In order; of matches that overlap one is left, which covers them. */
export function withoutOverlaps(matches: readonly Match[]): Match[] {
  const apart: Match[] = [];
  for (const { start, end } of [...matches].sort((left, right) => left.start - right.start)) {
    const last = apart.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  return apart;
}
