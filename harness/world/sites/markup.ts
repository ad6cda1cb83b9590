/** HTML that is safe to send: texts in it are escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template; `null` and `false` are nothing. */
export type Fragment = Markup | string | number | null | false | readonly Fragment[];

/**
 * HTML as a tagged template. Whatever is put in is escaped, unless it is markup itself.
 *
 * @example html`<h1>${product.name}</h1>`
 */
export function html(strings: TemplateStringsArray, ...fragments: readonly Fragment[]): Markup {
  const text = strings.map((part, index) => part + rendered(fragments[index] ?? null)).join('');
  return new Markup(text);
}

function rendered(fragment: Fragment): string {
  if (fragment === null || fragment === false) return '';
  if (fragment instanceof Markup) return fragment.text;
  if (typeof fragment === 'object') return fragment.map(rendered).join('');
  return escaped(String(fragment));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
