import type { ChatMessage } from '../simulated-model.ts';
import { readWants, type WantKind } from './wants.ts';

const CALENDAR = ['current_time', 'get_preferences', 'view_calendar'];
const TOOLS: Readonly<Record<WantKind, readonly string[]>> = {
  schedule: [...CALENDAR, 'search_contacts', 'create_event'],
  move: [...CALENDAR, 'move_event'],
  cancel: [...CALENDAR, 'cancel_event'],
  agenda: CALENDAR,
  text: ['search_contacts', 'list_texts', 'send_text'],
  'read-texts': ['search_contacts', 'list_texts'],
  mail: ['search_contacts', 'search_mail', 'list_sent_mail', 'send_mail'],
  research: ['search_contacts', 'search_mail', 'web_search'],
  'save-contact': ['search_contacts', 'add_contact'],
  'change-contact': ['search_contacts', 'update_contact'],
  decline: [],
};

/** Names the tools that a task takes. */
export function pickTools(messages: readonly ChatMessage[]): string {
  const task = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  return [...new Set(readWants(task).flatMap(({ kind }) => TOOLS[kind]))].join(', ');
}
