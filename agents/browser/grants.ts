import type { Site } from './sites.ts';

export type Access = 'read' | 'write';

/** What a user has said of a site so far; nothing said is asked about. */
export type Grants = {
  /** `null`: the user has not said. */
  said(site: string, access: Access): boolean | null;
  set(site: string, access: Access, allowed: boolean): void;
};

export function createGrants(initial: readonly GrantWord[]): Grants {
  const words = new Map<string, boolean>();
  const set: Grants['set'] = (site, access, allowed) => void words.set(`${site} ${access}`, allowed);
  for (const { site, access, allowed } of initial) set(site, access, allowed);
  return { said: (site, access) => words.get(`${site} ${access}`) ?? null, set };
}

export type GrantWord = { site: string; access: Access; allowed: boolean };

const LINE = /^\s*(grant|revoke)\s*:\s*([a-z][\w-]*)((?:[\s,]+(?:read|write))+)\s*$/i;

/**
 * Reads the lines `grant: shop read, write` and `revoke: shop write` out of a message, as a panel of settings sends
 * them; what is left is what the user said. Words of any other kind grant nothing.
 */
export function readGrantLines(message: string): { words: GrantWord[]; rest: string } {
  const words: GrantWord[] = [];
  const rest = message.split('\n').filter((line) => {
    const [, verb, site, accesses] = LINE.exec(line) ?? [];
    if (verb === undefined || site === undefined || accesses === undefined) return true;
    const allowed = verb.toLowerCase() === 'grant';
    for (const [access] of accesses.matchAll(/read|write/gi))
      words.push({
        site: site.toLowerCase(),
        access: access.toLowerCase() === 'read' ? 'read' : 'write',
        allowed,
      });
    return false;
  });
  return { words, rest: rest.join('\n').trim() };
}

/** A question that waits for the user's word. */
export type Asked = { site: string; access: Access };

export function questionFor({ site, access }: Asked, { base }: Site, wish: string): string {
  const doing = access === 'read' ? 'look at' : 'change things on';
  return `May I ${doing} ${site} (${base.host})? I would like to ${wish}. Please answer yes or no.`;
}

/** What an answer says to a question: yes, no, or neither. */
export function answerTo(message: string): boolean | null {
  if (/^\W*(?:yes|yep|yeah|ok(?:ay)?|sure|please do|go ahead|you may|allowed)\b/i.test(message)) return true;
  if (/^\W*(?:no|nope|don['’]?t|do not|never|you may not|denied)\b/i.test(message)) return false;
  return null;
}
