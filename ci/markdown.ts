/** A link or a path that a page names, and the line it stands on, from 1. */
export type Mention = { text: string; line: number };

/** The relative links of a Markdown text, without their anchors. */
export function relativeLinks(markdown: string): Mention[] {
  return mentions(withoutFences(markdown), /\]\(([^)\s]+)\)/g)
    .filter(({ text }) => !/^([a-z]+:|#|\/)/.test(text))
    .map(({ text, line }) => ({ text: text.replace(/#.*$/, ''), line }));
}

/**
 * The paths below one of `folders` that stand in code spans, alone or in a command: `ci/gate.ts`, `node bench/gate.ts`.
 * Patterns (`*`, `<name>`) and addresses (`/api/...`) are none.
 */
export function codePaths(markdown: string, folders: readonly string[]): Mention[] {
  return mentions(withoutFences(markdown), /`([^`\n]+)`/g)
    .flatMap(({ text, line }) => text.split(/\s+/).map((word) => ({ text: word, line })))
    .filter(({ text }) => folders.some((folder) => text.startsWith(`${folder}/`)))
    .filter(({ text }) => /^[\w./-]+$/.test(text));
}

/** The rows of all tables of a Markdown text: their cells, trimmed, without headers. */
export function tableRows(markdown: string): string[][] {
  const lines = withoutFences(markdown).split('\n');
  return lines
    .filter((line, place) => line.startsWith('|') && !isRule(line) && !isRule(lines[place + 1] ?? ''))
    .map((line) =>
      line
        .replace(/^\||\|\s*$/g, '')
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** The texts of the fenced blocks of a language. */
export function fencedBlocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, found, text]) =>
    found === language && text !== undefined ? [text] : [],
  );
}

/** What stands in `code spans`. */
export function codeSpans(markdown: string): string[] {
  return mentions(withoutFences(markdown), /`([^`\n]+)`/g).map(({ text }) => text);
}

function mentions(text: string, pattern: RegExp): Mention[] {
  return text
    .split('\n')
    .flatMap((content, place) =>
      [...content.matchAll(pattern)].flatMap(([, found]) =>
        found ? [{ text: found, line: place + 1 }] : [],
      ),
    );
}

/** The text with its fenced blocks emptied: the numbers of the lines stay. */
function withoutFences(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, (block) => block.replace(/[^\n]/g, ''));
}

function isRule(line: string): boolean {
  return /^\|[\s:|-]+\|$/.test(line);
}
