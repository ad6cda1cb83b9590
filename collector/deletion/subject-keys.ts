import { FIELDS } from '../dialects/fields.ts';

/** Attributes of log records that name a session, a user or a lead. */
export const SUBJECT_KEYS: ReadonlySet<string> = new Set([
  ...FIELDS.session,
  ...FIELDS.user,
  'rehearse.outcome.subject',
]);
