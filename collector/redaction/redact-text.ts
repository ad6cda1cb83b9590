import { isPlaceholder } from './credentials.ts';
import { replaceMatches } from './replace-matches.ts';
import type { Rule } from './rule.ts';

/**
 * A text, in UTF-8, after all rules. The same buffer where none matched. Rules that take one character a byte leave
 * bytes that are no UTF-8 as they are.
 *
 * @param count told how often a rule matched.
 */
export function redactText(
  bytes: Buffer,
  rules: readonly Rule[],
  count: (rule: string, times: number) => void,
): Buffer {
  let redacted = bytes;
  let text = '';
  let form: Rule['encoding'] | null = null;
  for (const { name, replacement, encoding, find } of rules) {
    if (form !== encoding) text = redacted.toString(encoding);
    form = encoding;
    const matches = find(text);
    if (matches.length === 0) continue;
    text = replaceMatches(text, matches, replacement);
    redacted = Buffer.from(text, encoding);
    count(name, matches.length);
  }
  return redacted;
}

/** The value of a secret name, which is replaced whole. */
export function redactSecret(
  bytes: Buffer,
  { name, replacement }: Rule,
  count: (rule: string, times: number) => void,
): Buffer {
  if (bytes.length === 0 || isPlaceholder(bytes.toString('latin1'))) return bytes;
  count(name, 1);
  return Buffer.from(replacement);
}
