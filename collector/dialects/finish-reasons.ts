import { embeddedJson } from './embedded-json.ts';

/** By the letters alone, lower case: `tool-calls`, `toolCalls` and `TOOL_CALLS` are one word. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['stop', 'stop'],
  ['endturn', 'stop'],
  ['stopsequence', 'stop'],
  ['completed', 'stop'],
  ['complete', 'stop'],
  ['finished', 'stop'],
  ['eos', 'stop'],
  ['length', 'length'],
  ['maxtokens', 'length'],
  ['maxoutputtokens', 'length'],
  ['maxlength', 'length'],
  ['modelcontextwindowexceeded', 'length'],
  ['toolcall', 'tool_call'],
  ['toolcalls', 'tool_call'],
  ['tooluse', 'tool_call'],
  ['functioncall', 'tool_call'],
  ['functioncalls', 'tool_call'],
  ['contentfilter', 'content_filter'],
  ['contentfiltered', 'content_filter'],
  ['safety', 'content_filter'],
  ['recitation', 'content_filter'],
  ['blocklist', 'content_filter'],
  ['prohibitedcontent', 'content_filter'],
  ['guardrailintervened', 'content_filter'],
  ['refusal', 'content_filter'],
  ['error', 'error'],
  ['failed', 'error'],
  ['malformedfunctioncall', 'error'],
]);

/** More answers to one call are nobody's: the raw list stays among the attributes. */
const MAX_CHOICES = 100;

/**
 * Finish reasons in the conventions' words (stop, length, content_filter, tool_call, error); a word that is not known
 * stays as it came. Emitters send a list, one word, words parted by commas, or a list in a text.
 *
 * @param callsTool the answer calls a tool, whatever the reason says: some say `stop` there.
 */
export function finishReasonsOf(said: readonly string[], callsTool: boolean): string[] {
  const [only = ''] = said;
  const list = said.length === 1 && /[[,]/.test(only) ? listInText(only) : said;
  const reasons = list.slice(0, MAX_CHOICES).map(finishReason);
  return callsTool ? reasons.map((reason) => (reason === 'stop' ? 'tool_call' : reason)) : reasons;
}

function finishReason(said: string): string {
  // Python prints the member of an enumeration: FinishReason.STOP.
  const word = said.slice(said.lastIndexOf('.') + 1);
  return REASONS.get(word) ?? REASONS.get(word.toLowerCase().replace(/[^a-z]/g, '')) ?? said;
}

/** `["stop"]`, Python's `['stop']`, or `stop, length`. */
function listInText(text: string): string[] {
  const json = embeddedJson(text);
  if (Array.isArray(json)) return json.filter((item) => typeof item === 'string');
  return text
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(',')
    .map((word) => word.trim().replace(/^['"]|['"]$/g, ''))
    .filter((word) => word !== '');
}
