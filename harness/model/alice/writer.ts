import type { Json, JsonObject } from '../../../domain/json.ts';
import type { ChatMove, Policy } from '../simulated-model.ts';
import { readBriefing, unfold } from './briefing.ts';

/** Acts as one who works alone would after the research; a first mail also says what the positioning report has found. */
export function writer(alone: Policy): Policy {
  return (request, random) => {
    const briefing = readBriefing(request.messages);
    const next = alone({ ...request, messages: unfold(request.messages, briefing) }, random);
    return withEvidence(
      next,
      /^Evidence: (.+)$/m.exec(briefing.sections.get('Positioning report') ?? '')?.[1],
    );
  };
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
