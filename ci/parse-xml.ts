/** An element as a test reads it: white space between its children is left out. */
export type XmlElement = {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
};

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TAG = /^<(\/?)([A-Za-z_][\w.-]*)((?:\s+[A-Za-z_][\w.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/;

/**
 * A strict reader of the XML that the reports of this folder use (elements, attributes, text, references), for their
 * tests. It refuses what is not well-formed, instead of guessing.
 */
export function parseXml(text: string): XmlElement {
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text)) {
    throw new SyntaxError('a character that XML cannot carry');
  }
  const document: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  let rest = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '').replace(/\r\n?/g, '\n');
  while (rest !== '') {
    const parent = open.at(-1) ?? document;
    if (!rest.startsWith('<')) {
      const end = rest.includes('<') ? rest.indexOf('<') : rest.length;
      parent.text += resolved(rest.slice(0, end));
      rest = rest.slice(end);
      continue;
    }
    const [whole, closing, name = '', attributes = '', empty] = TAG.exec(rest) ?? [];
    if (whole === undefined) throw new SyntaxError(`no tag at: ${rest.slice(0, 40)}`);
    rest = rest.slice(whole.length);
    if (closing) {
      if (open.length < 2 || parent.name !== name)
        throw new SyntaxError(`</${name}> closes <${parent.name}>`);
      if (parent.children.length > 0) parent.text = parent.text.trim();
      open.pop();
    } else {
      const child: XmlElement = { name, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(child);
      if (!empty) open.push(child);
    }
  }
  const [root, second] = document.children;
  if (!root || second || open.length > 1 || document.text.trim() !== '') {
    throw new SyntaxError('expected one root element, closed, and nothing beside it');
  }
  return root;
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', double, single] of text.matchAll(/([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (Object.hasOwn(found, name)) throw new SyntaxError(`attribute ${name} twice`);
    found[name] = resolved((double ?? single ?? '').replace(/[\t\n\r]/g, ' '));
  }
  return found;
}

function resolved(text: string): string {
  if (text.includes(']]>')) throw new SyntaxError(']]> in text');
  return text.replace(/&([^;]*;?)/g, (_, reference: string) => {
    const decimal = /^#(\d+);$/.exec(reference)?.[1];
    const value = decimal ? String.fromCodePoint(Number(decimal)) : NAMED[reference.slice(0, -1)];
    if (value === undefined || !reference.endsWith(';') || /[^\t\n\r\P{Cc}]/u.test(value)) {
      throw new SyntaxError(`no reference: &${reference}`);
    }
    return value;
  });
}
