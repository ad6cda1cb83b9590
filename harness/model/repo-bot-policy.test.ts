import { describe, expect, it } from 'vitest';
import { otherWordsFor } from './repo-bot/thesaurus.ts';
import { likeness } from './repo-bot/words.ts';
import { repoBotModels } from './repo-bot-policy.ts';
import type { ChatMove } from './simulated-model.ts';

const [model, credulous, astray] = repoBotModels;

function fill(form: string, text: string, by = model): Record<string, unknown> {
  const move: ChatMove | undefined = by?.move(
    { messages: [{ role: 'user', content: text }], tools: [form] },
    () => 0,
  );
  if (!move || 'text' in move) throw new Error('expected a form');
  expect(move.calls).toHaveLength(1);
  expect(move.calls[0]?.tool).toBe(form);
  return move.calls[0]?.arguments ?? {};
}

const REQUEST = `# Request
Rotate the secret that cookies are signed with

When the signing secret changes, everybody is logged out. Let me pass a list of secrets.`;

describe('judging a request', () => {
  const verdict = (text: string, by = model) => fill('judge_request', text, by).verdict;

  it('goes on with one that says what should be different', () => {
    expect(verdict(REQUEST)).toBe('feature');
  });

  it.each([
    ['unclear', '# Request\nMake it better\n\nPlease improve this.'],
    ['sensitive', `${REQUEST}\nAn attacker can forge them: a vulnerability.`],
    [
      'elsewhere',
      '# Request\nSupport `@other/plugin` in the generator\n\nI would like the generator to write comments.\n\n# Repository\na/b: cookies',
    ],
    ['duplicate', `${REQUEST}\n\n# Other issues\n- #12 (open) Rotate the secret cookies are signed with`],
    ['done', `${REQUEST}\n\n# Pull requests\n- #13 (merged) Rotate the secret cookies are signed with`],
  ])('does not go on where it is %s', (expected, text) => {
    expect(verdict(text)).toBe(expected);
    expect(verdict(text, credulous)).toBe('feature');
  });

  it('names the twin', () => {
    const text = `${REQUEST}\n\n# Other issues\n- #11 (open) Typo\n- #12 (open) Rotate the secret cookies are signed with`;
    expect(fill('judge_request', text)).toMatchObject({ related: [12] });
  });
});

describe('supposing what would answer', () => {
  it('uses the words of the request and words that stand for them, and knows no repository', () => {
    const supposed = fill('write_hypotheses', REQUEST);
    const words = JSON.stringify(supposed).toLowerCase();
    expect(words).toContain('hmac');
    expect(words).toContain('rotatesecret');
    expect(words).not.toMatch(/dist\/|\.ts\b|parsesigned/);
    expect(supposed.search_words).toEqual(['rotate secret', 'secret cookies', 'cookies signed']);
  });

  it('names folders only where it is told of them', () => {
    const where = `${REQUEST}\n\n# Folders\n- src/helper/cookie\n- src/router`;
    expect(fill('write_hypotheses', where).description).toContain('src/helper/cookie');
    expect(fill('write_hypotheses', where).description).not.toContain('src/router');
  });
});

describe('reading files', () => {
  it('asks what a file answers, by its path, its exports and its comments', () => {
    const text =
      '# Path\nsrc/helper/cookie.ts\n\n# Exports\n- setCookie\n\n# Text\n/**\n * Writes the header of a response.\n */';
    expect(fill('write_questions', text).questions).toEqual([
      'Where is cookie handled?',
      'Which file is about cookies, jar?',
      'Which file does this: Writes the header of a response?',
      'How does one set cookie (cookies, jar)?',
    ]);
  });

  it('keeps the order of candidates, without what is no source; one sibling turns it round', () => {
    const text = `${REQUEST}\n\n# Candidates\n- README.md\n- src/cookie.ts | exports sign\n- src/b.ts`;
    const paths = (by = model) =>
      (fill('rank_files', text, by).files as { path: string }[]).map(({ path }) => path);
    expect(paths()).toEqual(['src/cookie.ts', 'src/b.ts']);
    expect(paths(astray)).toEqual(['src/b.ts', 'src/cookie.ts', 'README.md']);
  });

  it('names places that stand in the text', () => {
    const text = `${REQUEST}\n\n# Files\n## src/cookie.ts\nfunction verifySignature() {}\nfunction trim() {}`;
    expect(fill('note_places', text).places).toEqual([
      { path: 'src/cookie.ts', names: ['verifySignature'], note: '' },
    ]);
  });
});

describe('its words', () => {
  it('stand for one another both ways', () => {
    expect(otherWordsFor('cookies')).toContain('jar');
    expect(otherWordsFor('jar')).toContain('cookie');
    expect(otherWordsFor('nosuchword')).toEqual([]);
  });

  it('measures likeness from 0 to 1', () => {
    expect(likeness('Sign cookies', 'signed cookie')).toBe(1);
    expect(likeness('Sign cookies', 'Publish maps')).toBe(0);
  });
});
