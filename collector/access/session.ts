import { parseSigned } from 'hono/utils/cookie';
import type { PersonRecord } from '../../domain/access.ts';
import type { Registry } from './registry.ts';

export const SESSION_COOKIE = 'rehearse-session';
/** Which of their projects a person looks at; it grants nothing. */
export const PROJECT_COOKIE = 'rehearse-project';

/** A week; then the person signs in again. */
export const SESSION_SECONDS = 7 * 86_400;

/** What the signed cookie says: who, until when, and of which password. */
export function sessionValue({ email, stamp }: PersonRecord, now: number): string {
  return [email, now + SESSION_SECONDS * 1000, stamp].join('|');
}

/** The person of a session that is signed, has not ended, and was not revoked by another password or removal. */
export async function personOfSession(
  cookies: string,
  registry: Pick<Registry, 'person' | 'sessionSecret'>,
  now: number,
): Promise<PersonRecord | null> {
  const signed = await parseSigned(cookies, registry.sessionSecret(), SESSION_COOKIE);
  const value = signed[SESSION_COOKIE];
  if (typeof value !== 'string') return null;
  const [email = '', until = '', stamp = ''] = value.split('|');
  const person = registry.person(email);
  return person !== null && person.stamp === stamp && now < Number(until) ? person : null;
}
