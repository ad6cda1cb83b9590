/** What has no look of its own or turns what stands beside it around: control signs but tab and line feed, and marks of direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Beyond it a name is cut where names stand: there is the whole of it in the attributes. */
const mostOfLabel = 200;

/**
 * Text that others wrote, with what would be unseen shown as what it is: a mark that turns the direction of text as
 * `‹U+202E›`.
 */
export function shownText(text: string): string {
  return text.replace(
    unseen,
    (sign) => `‹U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`,
  );
}

/** The same for a name: on one line and of a length that a row can hold. */
export function shownLabel(text: string): string {
  const cut = text.length > mostOfLabel ? `${text.slice(0, mostOfLabel)}…` : text;
  return shownText(cut.toWellFormed().replace(/[\t\n]/g, ' '));
}
