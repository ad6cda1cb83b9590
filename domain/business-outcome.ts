import { z } from 'zod';
import { TraceId } from './ids.ts';
import { parseIsoTime } from './iso-time.ts';
import { OUTCOME_TYPES } from './outcome-type.ts';
import { micros } from './units.ts';

const idCharacters = 200;
const nameCharacters = 200;
const mostCounted = 1_000_000_000_000;
const mostRevisions = 2 ** 31 - 1;

/** Empty where it is not told. */
const name = z.string().max(nameCharacters, `expected at most ${nameCharacters} characters`).default('');
const key = z.string().max(idCharacters, `expected at most ${idCharacters} characters`).default('');

/** Epoch microseconds, or a date or time in ISO 8601; before the year 2100, after 1999. */
const moment = z
  .union([z.int(), z.string().transform((text) => (parseIsoTime(text) ?? Number.NaN) * 1000)], {
    error: 'expected epoch microseconds, or a time in ISO 8601',
  })
  .refine((at) => at >= Date.UTC(2000, 0) * 1000 && at < Date.UTC(2100, 0) * 1000, {
    error: 'expected a time of the years 2000 to 2099, in ISO 8601 or epoch microseconds',
  })
  .transform(micros);

/**
 * A business event: what became of a message that an agent sent, told when it happens, long after the trace that
 * caused it. (How a rehearsed trial ended is another thing: `Outcome`.)
 */
export const BusinessOutcome = z
  .strictObject({
    /** Of the event, for ever: what comes again under the same id is the same event. */
    id: z
      .string()
      .min(1, 'expected an id: what comes twice under one id counts once')
      .max(idCharacters, `expected at most ${idCharacters} characters`),
    type: z.enum(OUTCOME_TYPES, { error: `expected one of ${OUTCOME_TYPES.join(', ')}` }),
    occurredAt: moment,
    /** Whom it concerns: the lead, by an id of yours. */
    subject: key,
    /** The message it is about. A `sent` without one is known by its own id; what follows without one is put down to the subject's last message before it. */
    messageId: key,
    /** The trace in which the agent wrote the message. */
    traceId: TraceId.nullable().default(null),
    channel: name,
    campaign: name,
    agentVersion: name,
    architecture: name,
    model: name,
    /** What it is worth, in whatever unit the sender keeps. */
    value: z.number().nullable().default(null),
    /** Of an aggregate: how many such events of messages that were sent at `occurredAt`. `null` for a single event. */
    count: z.int().min(0).max(mostCounted).nullable().default(null),
    /** Of an aggregate: how many leads they concern; `null` where nobody counted. */
    subjects: z.int().min(0).max(mostCounted).nullable().default(null),
    /** Of two that differ under one id the higher one stays, whichever came first. */
    revision: z.int().min(0).max(mostRevisions).default(0),
  })
  .refine(({ count, subjects }) => subjects === null || (count !== null && subjects <= count), {
    path: ['subjects'],
    error: 'expected an aggregate with at least as many events (count) as subjects',
  })
  .refine(({ count, messageId }) => count === null || messageId === '', {
    path: ['messageId'],
    error: 'expected no message id of an aggregate (count): it is about many messages',
  });
export type BusinessOutcome = z.infer<typeof BusinessOutcome>;
