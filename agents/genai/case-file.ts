import { type JsonValue, parseJson } from './json.ts';
import type { ToolCall } from './run-tool.ts';

/** What the team has found out and done so far: each tool call with its result, in order. All of them read it. */
export type CaseFile = { tool: string; arguments: JsonValue; result: JsonValue }[];

export function noteCall(caseFile: CaseFile, call: ToolCall, result: string): void {
  caseFile.push({ tool: call.name, arguments: parseJson(call.arguments), result: parseJson(result) });
}

/** A briefing of sections, as each specialist gets it. JSON begins no line with `#`, so that no text can pass for a section. */
export function briefing(sections: readonly (readonly [title: string, text: string])[]): string {
  return sections.map(([title, text]) => `# ${title}\n${text.replaceAll(/^#/gm, ' #')}`).join('\n\n');
}
