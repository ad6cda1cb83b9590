import { z } from 'zod';
import { parseJson } from '../faults/parse-json.ts';
import type { ChatMessage, ChatMove, ChatRequest, Policy } from '../simulated-model.ts';
import { lastUserText } from './briefing.ts';

const Report = z.object({ report: z.string() });

/**
 * Routes: the researcher first; where nothing stands against it, positioning and the writer; whoever is left to do
 * something; then their word to the user.
 */
export function supervisor(): Policy {
  return (request) => {
    const turn = request.messages.slice(request.messages.findLastIndex(({ role }) => role === 'user') + 1);
    const task = lastUserText(request.messages);
    const reports = reportsOf(turn);
    const last = reports.at(-1);
    if (!last) return ask('researcher', task);
    if (/was cut short\b/.test(last.report))
      return { text: `I am handing this over to a person: ${last.report}` };
    const left = /^Somebody else has to: (.*)$/m.exec(last.report)?.[1];
    if (left !== undefined) return ask(whoDoes(left, request), `${left}. ${task}`);
    if (last.by === 'positioning_report') return write(reports, request, task);
    const ready = /^Ready: (.*)$/m.exec(last.report)?.[1];
    if (ready === undefined) return { text: last.report };
    const isFirst = /^first message\b/.test(ready) && reports.every(({ by }) => by !== 'positioning_report');
    if (isFirst) return ask('positioning_report', `Why may our offer matter to this reader? ${task}`);
    return write(reports, request, task);
  };
}

type GivenReport = { by: string; report: string };

function write(reports: readonly GivenReport[], request: ChatRequest, task: string): ChatMove {
  const found = reports.findLast(({ by }) => by === 'researcher')?.report ?? '';
  const ready = /^Ready: (.*)$/m.exec(found)?.[1] ?? '';
  const writer = whoDoes(ready, request);
  return ask(writer === 'researcher' ? 'email_writer' : writer, `${ready}. ${task}`);
}

/** By the words of what is to be done. */
function whoDoes(what: string, { tools }: ChatRequest): string {
  if (
    /\blinkedin message\b|invitation\b/i.test(what) &&
    tools.includes('linkedin_writer') &&
    !/^(?:list|read)\b/.test(what)
  )
    return 'linkedin_writer';
  return /^(?:search|get|list|read|current|look|find)\b/.test(what) ? 'researcher' : 'email_writer';
}

function ask(tool: string, task: string): ChatMove {
  return { calls: [{ tool, arguments: { task } }] };
}

/** What specialists have reported in this turn, in order. What failed is no report. */
function reportsOf(turn: readonly ChatMessage[]): GivenReport[] {
  const results = new Map(turn.map((message) => [message.tool_call_id, message.content]));
  return turn
    .flatMap(({ tool_calls }) => tool_calls ?? [])
    .flatMap((call) => {
      const read = Report.safeParse(parseJson(results.get(call.id) ?? ''));
      return read.success ? [{ by: call.function.name, report: read.data.report }] : [];
    });
}
