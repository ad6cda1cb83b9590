import { z } from 'zod';
import { parseJson } from '../faults/parse-json.ts';
import type { ChatMessage, ChatMove, Policy } from '../simulated-model.ts';
import { lastUserText } from './briefing.ts';

const Report = z.object({ report: z.string() });

/** Routes: the researcher first; where nothing stands against it, positioning and the writer; then their word to the user. */
export function supervisor(): Policy {
  return ({ messages, tools }) => {
    const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
    const request = lastUserText(messages);
    const reports = reportsOf(turn);
    const research = reports.get('researcher');
    if (research === undefined) return ask('researcher', request);
    if (wasCutShort(research)) return { text: `I am handing this over to a person: ${research}` };
    const ready = /^Ready: (.*)$/m.exec(research)?.[1];
    if (ready === undefined) return { text: research };
    const onLinkedIn = /\blinkedin\b|invitation/i.test(ready) && tools.includes('linkedin_writer');
    if (/^first message\b/.test(ready) && !reports.has('positioning_report'))
      return ask('positioning_report', `Why may our offer matter to this reader? ${request}`);
    const writer = onLinkedIn ? 'linkedin_writer' : 'email_writer';
    const written = reports.get(writer);
    if (written === undefined) return ask(writer, `${ready}. ${request}`);
    return { text: wasCutShort(written) ? `I am handing this over to a person: ${written}` : written };
  };
}

function wasCutShort(report: string): boolean {
  return /was cut short\b/.test(report);
}

function ask(tool: string, task: string): ChatMove {
  return { calls: [{ tool, arguments: { task } }] };
}

/** The newest report of each specialist in this turn. What failed is no report. */
function reportsOf(turn: readonly ChatMessage[]): ReadonlyMap<string, string> {
  const results = new Map(turn.map((message) => [message.tool_call_id, message.content]));
  return new Map(
    turn
      .flatMap(({ tool_calls }) => tool_calls ?? [])
      .flatMap((call) => {
        const read = Report.safeParse(parseJson(results.get(call.id) ?? ''));
        return read.success ? [[call.function.name, read.data.report] as const] : [];
      }),
  );
}
