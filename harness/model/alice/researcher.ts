import type { ChatMove, Policy } from '../simulated-model.ts';
import { readBriefing, unfold } from './briefing.ts';
import { evidence, evidenceStep } from './evidence.ts';
import { MESSAGE_TOOLS, TEAM_WRITES } from './team-tools.ts';

/**
 * Reads what one who works alone would read until that one would write or speak; for a first message also who the reader's
 * company is. Reports what was said, or that all is ready.
 */
export function researcher(alone: Policy): Policy {
  return (request, random) => {
    const briefing = readBriefing(request.messages);
    const messages = unfold(request.messages, briefing);
    const next = alone({ ...request, messages, tools: [...request.tools, ...TEAM_WRITES] }, random);
    if ('text' in next) return next;
    const reads = next.calls.filter(({ tool }) => request.tools.includes(tool));
    const isFirst = isFirstMessage(next);
    const more = isFirst || reads.length > 0 ? evidenceStep(evidence(messages), request.tools) : [];
    const calls = [...reads, ...more];
    if (calls.length > 0) return { calls };
    return {
      text: `Nothing speaks against it.\nReady: ${isFirst ? 'first message' : 'to act'}: ${whatIsNext(next)}`,
    };
  };
}

/** Whether the next move puts a first message before somebody. */
export function isFirstMessage(next: ChatMove): boolean {
  return (
    'calls' in next &&
    next.calls.some(
      ({ tool, arguments: given }) => MESSAGE_TOOLS.includes(tool) && given.thread_id === undefined,
    )
  );
}

function whatIsNext(next: ChatMove): string {
  if ('text' in next) return next.text;
  return next.calls
    .map(({ tool, arguments: given }) => {
      const whom = given.to ?? given.person_id ?? given.contact_id ?? given.title ?? given.address;
      return `${tool.replaceAll('_', ' ')}${typeof whom === 'string' ? ` for ${whom}` : ''}`;
    })
    .join(', ');
}
