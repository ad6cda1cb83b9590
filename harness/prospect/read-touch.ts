import type { Touch } from './touch.ts';

/** What is known of a reader: by this a message is told from one that could go to anybody. */
export type Reader = {
  name: string;
  company: string | null;
  title: string | null;
  /** Sentences about the reader's company that bear a claim out: what it does, what was published about it. */
  facts: readonly string[];
};

/** How much of a message's relevance each thing is that it speaks of; together 1. See docs/reference/prospects.md. */
export const RELEVANCE_OF = { name: 0.1, company: 0.25, title: 0.15, fact: 0.5 } as const;

/**
 * Reads a message as its reader would: what of the reader it speaks of, which claims it makes. A fact counts where it
 * stands in the message word for word; a percentage or a multiple that no fact holds is a claim that does not hold.
 */
export function readTouch(text: string, reader: Reader): Omit<Touch, 'at'> {
  const words = normal(text);
  const holds = (part: string | null) => part !== null && part !== '' && words.includes(normal(part));
  const facts = reader.facts.filter((fact) => holds(fact.replace(/\.$/, '')));
  const named = reader.name.split(/\s+/).some((part) => holds(part));
  const relevance =
    (named ? RELEVANCE_OF.name : 0) +
    (holds(reader.company) ? RELEVANCE_OF.company : 0) +
    (holds(reader.title) ? RELEVANCE_OF.title : 0) +
    (facts.length > 0 ? RELEVANCE_OF.fact : 0);
  const figures = [...words.matchAll(/\d+(?:[.,]\d+)?\s?(?:%|percent\b|times\b|x\b)/g)].map(
    ([figure]) => figure,
  );
  const borneOut = (figure: string) => reader.facts.some((fact) => normal(fact).includes(figure));
  return {
    relevance,
    trueClaims: facts.length,
    falseClaims: figures.filter((figure) => !borneOut(figure)).length,
    words: words.split(' ').filter((word) => word !== '').length,
  };
}

function normal(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
