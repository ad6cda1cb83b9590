/** What a page of the docs has its reader do: save a file, or run a command and see lines like these. */
export type PageStep =
  | { does: 'save'; file: string; content: string }
  | { does: 'run'; args: string[]; shown: string[] };

const FENCE = /^```(\w+)(?: title="([^"]+)")?\n([\s\S]*?)^```$/gm;
const COMMAND = 'npm run rehearse -- ';

/**
 * The steps of a page in their order. A `json` block with a title is a file to save; a `sh` block whose lines begin with
 * `npm run rehearse -- ` is commands to run; the `text` block after it is what the last of them prints, in which a line
 * `...` stands for any number of lines.
 */
export function stepsOfPage(markdown: string): PageStep[] {
  const steps: PageStep[] = [];
  for (const [, language, title, content = ''] of markdown.matchAll(FENCE)) {
    const last = steps.at(-1);
    if (title !== undefined) steps.push({ does: 'save', file: title, content });
    else if (language === 'sh')
      for (const line of linesOf(content).filter((line) => line.startsWith(COMMAND)))
        steps.push({ does: 'run', args: line.slice(COMMAND.length).split(' '), shown: [] });
    else if (language === 'text' && last?.does === 'run') last.shown.push(...linesOf(content));
  }
  return steps;
}

/** The first of the lines shown that was not printed after those before it; `null` where all were. Spaces do not count. */
export function firstUnprinted(shown: readonly string[], printed: string): string | null {
  const lines = linesOf(printed).map(squeeze);
  let from = 0;
  for (const line of shown.map(squeeze).filter((wanted) => wanted !== '...')) {
    const place = lines.indexOf(line, from);
    if (place < 0) return line;
    from = place + 1;
  }
  return null;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function squeeze(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}
