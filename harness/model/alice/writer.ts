import type { Json, JsonObject } from '../../../domain/json.ts';
import type { ChatMove, Policy } from '../simulated-model.ts';
import { readBriefing, unfold } from './briefing.ts';
import { TEAM_READS, TEAM_WRITES } from './team-tools.ts';

/** Acts as one who works alone would after the research; a first mail also says what the positioning report has found. */
export function writer(alone: Policy): Policy {
  return (request, random) => {
    const briefing = readBriefing(request.messages);
    const messages = unfold(request.messages, briefing);
    const seen = briefing.caseFile.map(({ tool }) => tool);
    const tools = [...new Set([...request.tools, ...TEAM_READS, ...TEAM_WRITES, ...seen])];
    const next = alone({ ...request, messages, tools }, random);
    const others = leftToOthers(next, request.tools);
    if (others) return { text: `My part is done.\nSomebody else has to: ${others}` };
    return withEvidence(
      next,
      /^Evidence: (.+)$/m.exec(briefing.sections.get('Positioning report') ?? '')?.[1],
    );
  };
}

/** What of a move none of these tools can do, in words; `null`: nothing. */
function leftToOthers(next: ChatMove, tools: readonly string[]): string | null {
  if ('text' in next || next.calls.some(({ tool }) => tools.includes(tool))) return null;
  return next.calls.map(({ tool }) => tool.replaceAll('_', ' ')).join(', ');
}

/** Puts the evidence behind the greeting of a first message. */
export function withEvidence(next: ChatMove, fact: string | undefined): ChatMove {
  if ('text' in next || !fact || fact === 'none') return next;
  return {
    calls: next.calls.map((call) =>
      call.tool === 'send_mail' && call.arguments.thread_id === undefined
        ? { ...call, arguments: personal(call.arguments, fact) }
        : call,
    ),
  };
}

function personal(words: Record<string, Json>, fact: string): JsonObject {
  const { body } = words;
  if (typeof body !== 'string') return words;
  return { ...words, body: body.replace('\n\n', `\n\nI read about you: ${fact}\n\n`) };
}
