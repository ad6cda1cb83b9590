/** What the palette offers: a way to a page, or a thing to do. */
export type Entry = {
  /** Unique. */
  id: string;
  label: string;
  /** Of what kind it is: `run`, `trace`, `do`. */
  kind: string;
  /** Found by this too: an id, the other names of a thing. */
  detail: string;
  act: () => void;
};

const traceId = /^[0-9a-f]{32}$/;
const trialId = /^[0-9a-f]{24}$/;

/** What a text is the id of; whether there is such a thing the page says. */
export function idOf(text: string): { kind: 'trace' | 'trial'; id: string } | null {
  const id = text.trim().toLowerCase();
  if (traceId.test(id)) return { kind: 'trace', id };
  return trialId.test(id) ? { kind: 'trial', id } : null;
}

/**
 * The entries that hold every word of the text, in any case: those whose label begins with the first word, then those
 * with a word that does, then the others; each in the given order.
 */
export function found(entries: readonly Entry[], text: string): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [...entries];
  const ranked = entries.flatMap((entry) => {
    const label = entry.label.toLowerCase();
    const all = `${entry.kind} ${label} ${entry.detail.toLowerCase()}`;
    if (!words.every((word) => all.includes(word))) return [];
    const rank = label.startsWith(first) ? 0 : ` ${label}`.includes(` ${first}`) ? 1 : 2;
    return [{ entry, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}
