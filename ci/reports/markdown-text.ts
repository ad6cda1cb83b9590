import { printable } from '../printable.ts';

/**
 * A text as one line of GitHub Markdown that shows it word for word, whoever wrote it: no markup, no HTML, no link, and
 * nobody is mentioned. Good in a paragraph, a list, a table cell and within HTML.
 */
export function prose(text: string): string {
  return (
    printable(text)
      .replace(/[\\`*_[\]|~$!]/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/^([-+=]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\u200B` : `\\${start}`))
      .replace(/^#/, '\\#')
      // GitHub makes links of these after it has read the markup: no backslash keeps it from that.
      .replace(/@(?=\w)|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|:(?=\/\/)/gi, '$&\u200B')
  );
}

/** A text as code on one line: the place for what an agent wrote. Not for table cells. */
export function code(text: string): string {
  const line = printable(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = /^`|`$/.test(line) || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The same in a cell of a table, where a bar would end the cell even within code. */
export function codeCell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** Lines as a block of code. */
export function codeBlock(lines: readonly string[]): string {
  const shown = lines.map(printable);
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [`${fence}text`, ...shown, fence].join('\n');
}

/** A link to an address of ours. Parentheses and blanks would end it. */
export function link(text: string, url: string | null): string {
  if (url === null) return text;
  const safe = url.replace(
    /[\s()<>\\]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `[${text}](${safe})`;
}

/** The rows of a table under its headings; `right` names the columns of numbers by their place. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const rule = headings.map((_, place) => (right.includes(place) ? '--:' : '---'));
  return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
