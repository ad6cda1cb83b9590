import { z } from 'zod';
import { Json } from '../../../domain/json.ts';
import { parseJson } from '../faults/parse-json.ts';
import type { ChatMessage } from '../simulated-model.ts';

const CaseFile = z.array(z.object({ tool: z.string(), arguments: Json, result: Json }));

/** What an agent of a team is told at the beginning: sections under headings, as the prompt has them. */
export type Briefing = {
  requests: string[];
  /** Tool calls of others, with what came of them. */
  caseFile: z.infer<typeof CaseFile>;
  /** By the heading. */
  sections: ReadonlyMap<string, string>;
};

/** Reads the sections of the first message of the user; a message without sections is the request itself. */
export function readBriefing(messages: readonly ChatMessage[]): Briefing {
  const text = messages.find(({ role }) => role === 'user')?.content ?? '';
  const found = [...text.matchAll(/^# (.+)\n([\s\S]*?)(?=\n\n^# |(?![\s\S]))/gm)].map(
    ([, title = '', body = '']) => [title, body.trim()] as const,
  );
  const sections = new Map(found);
  const requests = found.filter(([title]) => title === 'Request').map(([, body]) => body);
  return {
    requests: requests.length > 0 ? requests : [text],
    caseFile: CaseFile.catch([]).parse(parseJson(sections.get('Case file') ?? '[]')),
    sections,
  };
}

/**
 * The conversation that one who works alone would have had: the requests, then the calls of the case file as their own,
 * then what this agent did itself.
 */
export function unfold(messages: readonly ChatMessage[], { requests, caseFile }: Briefing): ChatMessage[] {
  const first = messages.findIndex(({ role }) => role === 'user');
  return [
    ...messages.filter(({ role }) => role === 'system' || role === 'developer'),
    ...requests.map((content): ChatMessage => ({ role: 'user', content })),
    ...caseFile.flatMap((call, index): ChatMessage[] => {
      const id = `case_${index}`;
      const asked = { name: call.tool, arguments: textOf(call.arguments) };
      return [
        { role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: asked }] },
        { role: 'tool', tool_call_id: id, content: textOf(call.result) },
      ];
    }),
    ...messages.slice(first + 1),
  ];
}

/** What was last said to the model. */
export function lastUserText(messages: readonly ChatMessage[]): string {
  return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
