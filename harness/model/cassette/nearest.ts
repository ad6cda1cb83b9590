import { canonicalJson } from '../../../domain/canonical-json.ts';
import { formatTrial } from '../../../domain/format.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { type Place, putTogether, type Recording, takeApart } from './recording.ts';

type Recorded = { recordings: readonly Recording[]; parts: ReadonlyMap<string, Json> };

/** Differences that are shown: the first ones are the cause, the others mostly follow from them. */
const shown = 5;
/** Characters of a value that are shown. */
const excerpt = 60;

/** Why a request cannot be replayed: the recording that comes nearest to it, and in what they differ. */
export function describeMiss(wanted: { place: Place; request: JsonObject }, recorded: Recorded): string {
  const { place, request } = wanted;
  const call = `${request.method} ${request.path} of ${placeWords(place)}`;
  const nearest = nearestRecording(wanted, recorded.recordings);
  if (!nearest) return `nothing is recorded for ${call}: the cassette has no recording of this scenario`;
  const found = differences(putTogether(nearest.request, recorded.parts), request);
  if (found.length === 0) {
    return `nothing is recorded for ${call}; the same request is recorded for ${placeWords(nearest.place)} only`;
  }
  const lines = found.slice(0, shown).map((difference) => `\n  ${difference}`);
  const more = found.length > shown ? `\n  and ${found.length - shown} more` : '';
  return `nothing is recorded for ${call}; the nearest recording, ${placeWords(nearest.place)}, differs in:${lines.join('')}${more}`;
}

function placeWords({ scenario, trial, of, occurrence }: Place): string {
  const nth = occurrence === 0 ? '' : `, repetition ${occurrence}`;
  return `${formatTrial(scenario, trial)}${of === 'user' ? "'s user" : ''}${nth}`;
}

/** By the parts that two requests have in common, at the same places first; then by scenario and trial. */
function nearestRecording(
  { place, request }: { place: Place; request: JsonObject },
  recordings: readonly Recording[],
): Recording | null {
  const wanted = leaves(takeApart(request).request);
  let best: { recording: Recording; score: number } | null = null;
  for (const recording of recordings) {
    if (recording.place.of !== place.of) continue;
    const had = leaves(recording.request);
    const common = [...wanted].filter(([pointer, value]) => had.get(pointer) === value).length;
    const likeness = (2 * common) / (wanted.size + had.size);
    const near =
      (recording.place.scenario === place.scenario ? 2 : 0) + (recording.place.trial === place.trial ? 1 : 0);
    const score = likeness + near / 1000;
    if (!best || score > best.score) best = { recording, score };
  }
  return best?.recording ?? null;
}

function leaves(value: Json, pointer = ''): Map<string, string> {
  if (value === null || typeof value !== 'object') return new Map([[pointer, canonicalJson(value)]]);
  return new Map(Object.entries(value).flatMap(([key, member]) => [...leaves(member, `${pointer}/${key}`)]));
}

/** `/body/messages/2/content: "... Lee" was recorded, now "... Leo"`, in the order of the request. */
function differences(recorded: Json, now: Json): string[] {
  const [before, after] = [leaves(recorded), leaves(now)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((pointer) => {
    const [left, right] = [before.get(pointer), after.get(pointer)];
    if (left === right) return [];
    if (left === undefined) return [`${pointer}: ${cut(right ?? '', 0)} is new`];
    if (right === undefined) return [`${pointer}: ${cut(left, 0)} was recorded, now nothing`];
    const from = Math.max(0, firstDifference(left, right) - 20);
    return [`${pointer}: ${cut(left, from)} was recorded, now ${cut(right, from)}`];
  });
}

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return at;
}

function cut(text: string, from: number): string {
  const part = text.slice(from, from + excerpt);
  return `${from > 0 ? '...' : ''}${part}${from + excerpt < text.length ? '...' : ''}`;
}
