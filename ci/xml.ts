/** Writes XML 1.0: elements as text, escaped once, at the only two places where a value can stand. */

/**
 * An element with its attributes, then either its children (elements) or its text.
 *
 * @example element('a', { href: '"x"' }, [], '1 < 2') // <a href="&quot;x&quot;">1 &lt; 2</a>
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  children: readonly string[],
  text = '',
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`)
    .join('');
  if (children.length > 0) {
    const inner = children.map((child) => `\n${child}`).join('');
    return `<${name}${written}>${inner}\n</${name}>`;
  }
  return text === '' ? `<${name}${written}/>` : `<${name}${written}>${escapeText(text)}</${name}>`;
}

/** A document of one root element, with the declaration. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

/** Text between tags. `>` is escaped as well, so that `]]>` cannot occur; a bare CR would be read back as LF. */
function escapeText(text: string): string {
  return carriable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** White space in an attribute is read back as blanks unless it is written as a reference. */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}

/** Characters that XML 1.0 cannot carry, not even as references, and halves of surrogate pairs become U+FFFD. */
function carriable(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');
}
