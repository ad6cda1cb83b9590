import type { Json } from '../../domain/json.ts';
import { isObject } from './embedded-json.ts';
import type { FieldReader } from './field-reader.ts';
import { FIELD, type Field } from './fields.ts';

const SESSION_KEYS = [
  'session_id',
  'sessionId',
  'thread_id',
  'threadId',
  'conversation_id',
  'conversationId',
];
const USER_KEYS = ['user_id', 'userId'];

/** Session and user as free-form metadata names them (LangGraph's `thread_id`, for one). */
export function peopleOf(fields: FieldReader<Field>): { session: string | null; user: string | null } {
  const metadata = fields.json(FIELD.metadata);
  return { session: named(metadata, SESSION_KEYS), user: named(metadata, USER_KEYS) };
}

function named(metadata: Json, keys: readonly string[]): string | null {
  if (!isObject(metadata)) return null;
  for (const key of keys) {
    const value = metadata[key];
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return String(value);
  }
  return null;
}
