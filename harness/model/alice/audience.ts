import type { Policy } from '../simulated-model.ts';
import { lastUserText } from './briefing.ts';

const REPLY =
  /\b(?:th[-_]\w+|repl(?:y|ied|ies)|answer(?:ed)?|respon(?:se|ded)|(?:wrote|got) back|thread|inbox)\b/i;

/** Whether somebody is told of a message that came in. */
export function isRequestOfAReply(request: string): boolean {
  return REPLY.test(request);
}

/** Names what one who works alone would search the CRM for first. */
export function audience(alone: Policy): Policy {
  return (request, random) => {
    const message = lastUserText(request.messages);
    const first = isRequestOfAReply(message)
      ? { text: '' }
      : alone({ messages: [{ role: 'user', content: message }], tools: LOOKS }, random);
    const searches = 'calls' in first ? first.calls.filter(({ tool }) => tool === 'search_contacts') : [];
    const queries = searches.map(({ arguments: { query } }) => query);
    return {
      text: JSON.stringify(queries.length > 0 ? { kind: 'campaign', audience: queries } : { kind: 'other' }),
    };
  };
}

const LOOKS = ['search_contacts', 'current_time', 'list_sent_mail', 'send_mail', 'update_contact'];
