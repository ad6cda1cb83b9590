/** A control on a page, as its line shows it. */
export type Shown = {
  number: number;
  kind: 'link' | 'button' | 'text' | 'select' | 'check' | 'radio';
  label: string;
  /** Of a field. */
  value: string;
};
export type Line = { text: string; controls: Shown[] };

/** A page as the agent shows it to its model. */
export type PageView = {
  site: string;
  /** `/p/K-1`, without the query. */
  path: string;
  /** The address as it stands there. */
  address: string;
  status: number;
  lines: Line[];
};

/** Reads the text that begins with PAGE; `null` for any other. */
export function readPage(text: string): PageView | null {
  const at = text.search(/^PAGE /m);
  if (at < 0) return null;
  const [head = '', ...rest] = text.slice(at).split('\n');
  const [, address = ''] = /^PAGE (\S+)/.exec(head) ?? [];
  if (/\(left\)$/.test(head)) return null;
  const [site = '', ...path] = (address.split('?')[0] ?? '').split('/');
  const status = Number(/\(HTTP (\d+)\)/.exec(head)?.[1] ?? 200);
  return { site, path: `/${path.join('/')}`, address, status, lines: rest.map(readLine) };
}

const CONTROL = /\[(\d+)(?: (button|text|select|check|radio))?\] /g;

function readLine(text: string): Line {
  const marks = [...text.matchAll(CONTROL)];
  const controls = marks.map((mark, index): Shown => {
    const from = mark.index + mark[0].length;
    const body = text.slice(from, marks[index + 1]?.index).trim();
    const kind = (mark[2] ?? 'link') as Shown['kind'];
    const [, label = body, value = ''] =
      /^(.*?): "?([^"]*)"?(?: of .*)?$/.exec(kind === 'link' || kind === 'button' ? '' : body) ?? [];
    return { number: Number(mark[1]), kind, label, value };
  });
  return { text, controls };
}

export function controlsOf({ lines }: PageView): Shown[] {
  return lines.flatMap(({ controls }) => controls);
}

/** The first control of a kind whose label fits. */
export function find(page: PageView, kind: Shown['kind'], label: RegExp): Shown | null {
  return controlsOf(page).find((control) => control.kind === kind && label.test(control.label)) ?? null;
}

/** The words of all lines. */
export function wordsOf({ lines }: PageView): string {
  return lines.map(({ text }) => text).join('\n');
}

/** The line of the page's own heading, without the marks. */
export function headingOf({ lines }: PageView): string {
  const line = lines.find(({ text }) => text.startsWith('# '))?.text ?? '';
  return line.replace(/^# /, '').replace(/\[\d+[^\]]*\] /g, '');
}

/** The next part of a list: its next page, else what is cut of it; `null` at its end. */
export function furtherOn(page: PageView): { tool: string; arguments: { [name: string]: number } } | null {
  const cut = page.lines.find(({ text }) => /^\(\d+ more: section \d+\)$/.test(text));
  if (cut) return { tool: 'more', arguments: { section: Number(/section (\d+)/.exec(cut.text)?.[1]) } };
  const next = find(page, 'link', /^Next page$/);
  return next ? { tool: 'click', arguments: { element: next.number } } : null;
}

/** Whether a page shows what was found for a text. */
export function isSearchFor({ address }: PageView, text: string): boolean {
  return new URLSearchParams(address.split('?')[1] ?? '').get('q') === text;
}
