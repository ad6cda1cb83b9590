/** What the bot has found out of an issue so far. Each step adds its part; what is there is of use without the rest. */
export type Progress = {
  /** Steps that are done, of `STEPS`. */
  done: number;
  summary: string;
  /** Numbers of issues and pull requests about the same. */
  related: readonly number[];
  /** Words to search with. */
  terms: readonly string[];
  /** From the search, not looked at yet. */
  candidates: readonly string[];
  /** What the change touches, the likeliest first. */
  ranked: readonly { path: string; reason: string }[];
  /** Where in the files it begins. */
  places: readonly { path: string; names: readonly string[]; note: string }[];
  approach: string | null;
  /** What could not be done, for those who read the rest. */
  remarks: readonly string[];
};

/** The plan. It is fixed: no step leads back. */
export const STEPS = ['understand', 'write queries', 'search', 'rank', 'read', 'report'] as const;
export type Step = (typeof STEPS)[number];

/** Files that are shown: those that the change surely touches, and those that it may. */
export const LIKELY = 5;
export const SHOWN = 10;

const MARK = '<!-- repo-bot';

/** Whether a comment is a checkpoint of ours, and after how many steps; `null` where it is something else. */
export function stepsDone(body: string): number | null {
  if (!body.startsWith(MARK)) return null;
  return Number(/steps=(\d+)/.exec(body)?.[1] ?? 0);
}

/** The comment of a progress. */
export function comment(progress: Progress): string {
  const { done, summary, related, terms, candidates, ranked, places, approach, remarks } = progress;
  const files = ranked.length > 0 ? ranked : candidates.map((path) => ({ path, reason: '' }));
  const lines = files.slice(0, SHOWN).map(({ path, reason }, place) => {
    return `${place + 1}. \`${path}\`${reason === '' ? '' : ` — ${reason}`}`;
  });
  const title = ranked.length > 0 ? 'Files this will likely touch' : 'Files found by search, not ranked yet';
  const sections = [
    `**What is asked.** ${summary}`,
    related.length > 0 && `**Related.** ${related.map((number) => `#${number}`).join(', ')}`,
    terms.length > 0 &&
      files.length === 0 &&
      `**Words to search with.** ${terms.map((term) => `\`${term}\``).join(', ')}`,
    lines.length > 0 && `**${title}**\n\n${lines.slice(0, LIKELY).join('\n')}`,
    lines.length > LIKELY && `**Perhaps also**\n\n${lines.slice(LIKELY).join('\n')}`,
    places.length > 0 && `**Where to begin**\n\n${places.map(placeLine).join('\n')}`,
    approach !== null && `**How it may be done.** ${approach}`,
    remarks.length > 0 && `**Mind that** ${remarks.join(' ')}`,
    footer(done),
  ];
  return [`${MARK} steps=${done} -->`, ...sections.filter((section) => section !== false)].join('\n\n');
}

function placeLine({ path, names, note }: Progress['places'][number]): string {
  return `- \`${path}\`: ${names.map((name) => `\`${name}\``).join(', ')}${note === '' ? '' : `. ${note}`}`;
}

function footer(done: number): string {
  if (done >= STEPS.length)
    return '_Found by a bot from the text of the repository; it has changed nothing._';
  return `_Found by a bot that has done ${done} of its ${STEPS.length} steps so far; next: ${STEPS[done]}. What is above holds by itself._`;
}
