import { z } from 'zod';
import { Json, type JsonObject } from '../../../domain/json.ts';
import { Micros } from '../../../domain/units.ts';
import { Usage } from '../../../domain/usage.ts';
import { digestOf } from './rules.ts';

/** Whose call it was: the nth of this request in a trial of a scenario, made for the agent or to play its user. */
export const Place = z.object({
  scenario: z.string(),
  trial: z.int().nonnegative(),
  of: z.enum(['agent', 'user']),
  occurrence: z.int().nonnegative(),
});
export type Place = z.infer<typeof Place>;

/** An answer as it came. */
export const Recording = z.object({
  place: Place,
  /** The canonical request; of each array in its body, the members are named by their digests and written once. */
  request: z.record(z.string(), Json),
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  /** Microseconds since the request, and text. */
  chunks: z.array(z.tuple([Micros, z.string()])),
  /** Read from the answer, for people and for `jq`. */
  model: z.string().nullable(),
  usage: Usage.nullable(),
  finishReason: z.string().nullable(),
  /** ISO 8601. */
  recordedAt: z.iso.datetime(),
});
export type Recording = z.infer<typeof Recording>;

/** The first line of a cassette. */
const Header = z.strictObject({
  cassette: z.literal(1),
  /** Digest of the rules by which its requests are compared. */
  rules: z.string(),
});

/** A member of a request, written before the first recording that names it: conversations send their history again. */
const Part = z.strictObject({ part: z.string(), value: Json });

export const CassetteLine = z.union([Header, Part, z.strictObject({ recording: Recording })]);
export type CassetteLine = z.infer<typeof CassetteLine>;

/** Arrays of a body that grow from call to call. */
const PARTED = ['messages', 'input', 'tools'];

/** A request with the members of its long arrays replaced by their digests, and those members. */
export function takeApart(request: JsonObject): { request: JsonObject; parts: Map<string, Json> } {
  const parts = new Map<string, Json>();
  const { body } = request;
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return { request, parts };
  const parted = Object.entries(body).map(([key, value]): [string, Json] => {
    if (!PARTED.includes(key) || !Array.isArray(value)) return [key, value];
    const digests = value.map((member) => {
      const digest = digestOf(member ?? null);
      parts.set(digest, member ?? null);
      return digest;
    });
    return [key, digests];
  });
  return { request: { ...request, body: Object.fromEntries(parted) }, parts };
}

/** The request that was taken apart. A part that is missing stays a digest. */
export function putTogether(request: JsonObject, parts: ReadonlyMap<string, Json>): JsonObject {
  const { body } = request;
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return request;
  const whole = Object.entries(body).map(([key, value]): [string, Json] => {
    if (!PARTED.includes(key) || !Array.isArray(value)) return [key, value];
    return [
      key,
      value.map((digest) => (typeof digest === 'string' ? (parts.get(digest) ?? digest) : digest)),
    ];
  });
  return { ...request, body: Object.fromEntries(whole) };
}

/** Under which a recording is found: place and request. */
export function keyOf({ scenario, trial, of, occurrence }: Place, takenApart: JsonObject): string {
  return digestOf([scenario, trial, of, occurrence, takenApart]);
}
