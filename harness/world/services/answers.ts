import type { z } from 'zod';
import type { Json } from '../../../domain/json.ts';
import type { Micros } from '../../../domain/units.ts';
import type { Reply } from '../service.ts';
import { refusal } from '../world-request.ts';

/**
 * The body where it has the shape of `schema`; otherwise the 400 that names the first field that is wrong. Checks come
 * before writes, so every writing operation begins here.
 */
export function readBody<T>(
  schema: z.ZodType<T>,
  body: Json,
): { ok: true; value: T } | { ok: false; reply: Reply } {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || 'body';
  return {
    ok: false,
    reply: refusal(400, 'bad_request', `${field}: ${issue?.message ?? 'not of the expected shape'}`),
  };
}

/** ISO 8601 in UTC, as the fake APIs write times. */
export function isoTime(at: Micros): string {
  return new Date(at / 1000).toISOString();
}

/** Lower case without accents, so that "Jose" finds "José". */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
