import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import { type Micros, micros } from '../../../domain/units.ts';
import { defineOperation } from '../define-operation.ts';
import { RefusalBody } from '../refusal.ts';
import type { OperationContext, Service } from '../service.ts';
import { refusal } from '../world-request.ts';
import { isoTime } from './answers.ts';

/** How long things take on a line. Speech is by the word; the figures are of the order of real ones and never vary. */
const SECOND = 1_000_000;
const WORD = 0.35 * SECOND;
const FIRST_AUDIO = 0.2 * SECOND;
const RING = 6 * SECOND;
const NO_ANSWER = 30 * SECOND;
const PATIENCE = 8;

/**
 * What somebody says on the phone: the first line not yet said whose `on` is found in the last words heard. `pause`:
 * seconds before they speak; `barge`: after so many words of the other side they speak without waiting for the end;
 * `hang_up`: the line is dead after it.
 */
const Line = z.object({
  on: z.string(),
  say: z.string(),
  pause: z.number().nonnegative().default(0.6),
  barge: z.number().int().positive().optional(),
  hang_up: z.boolean().default(false),
});
type Line = z.output<typeof Line>;

const Call = z.looseObject({ sid: z.string(), to: z.string(), status: z.string() });
const Heard = z.object({
  transcript: z.string(),
  start: z.string(),
  end: z.string(),
  silence: z.boolean(),
  call_status: z.string(),
});
const Spoken = z.object({
  spoken: z.string(),
  first_audio_at: z.string(),
  audio_seconds: z.number(),
  interrupted: z.boolean(),
  call_status: z.string(),
});

const Lines = z.array(Line);
const Places = z.array(z.number());

const wordsIn = (text: string) => text.split(/\s+/).filter((word) => word !== '');
const after = (now: Micros, duration: number) => micros(Math.round(now + duration));

function linesOf(call: Row, table: OperationContext['table']): Line[] {
  const callee = table('callees').get(String(call.to));
  return Lines.parse(callee?.lines ?? []);
}

/** The line that comes next, by its place; `null` where they say nothing. */
function nextLine(call: Row, table: OperationContext['table'], heard: string): [number, Line] | null {
  const said = Places.parse(call.lines_said);
  const lines = [...linesOf(call, table).entries()];
  return lines.find(([place, { on }]) => !said.includes(place) && new RegExp(on, 'i').test(heard)) ?? null;
}

const dial = defineOperation({
  id: 'calls.create',
  method: 'POST',
  path: '/Calls',
  summary: 'Calls a number and waits until somebody answers or nobody does',
  body: z.strictObject({ To: z.string().regex(/^\+\d{7,15}$/, 'expected a number as +12125550100') }),
  replies: { 201: Call },
  handle({ body: { To }, table, newId, now }) {
    const answers = table('callees').get(To)?.answers === true;
    const row = table('calls').insert({
      sid: newId('CA'),
      to: To,
      status: answers ? 'in-progress' : 'no-answer',
      lines_said: [],
      last_heard: '',
      started_at: isoTime(now),
    });
    return { status: 201, body: row, takes: micros(answers ? RING : NO_ANSWER) };
  },
});

const listen = defineOperation({
  id: 'calls.listen',
  method: 'POST',
  path: '/Calls/:sid/listen',
  summary: 'Hears what the other side says next, as text with its times, or silence',
  body: z.strictObject({ max_seconds: z.number().positive().max(60).default(PATIENCE) }),
  replies: { 200: Heard, 404: RefusalBody, 409: RefusalBody },
  handle({ params: { sid }, body: { max_seconds }, table, newId, now }) {
    const call = table('calls').get(sid);
    if (!call) return unknownCall(sid);
    if (call.status !== 'in-progress') return ended(sid);
    const next = nextLine(call, table, String(call.last_heard));
    if (!next || next[1].pause > max_seconds) {
      const end = after(now, max_seconds * SECOND);
      const silence = { transcript: '', start: isoTime(end), end: isoTime(end), silence: true };
      return {
        status: 200,
        body: { ...silence, call_status: 'in-progress' },
        takes: micros(max_seconds * SECOND),
      };
    }
    const [place, line] = next;
    const start = after(now, line.pause * SECOND);
    const end = after(start, wordsIn(line.say).length * WORD);
    const status = line.hang_up ? 'completed' : 'in-progress';
    hear(table, newId, call, place, line, start, end, status);
    return {
      status: 200,
      body: {
        transcript: line.say,
        start: isoTime(start),
        end: isoTime(end),
        silence: false,
        call_status: status,
      },
      takes: micros(end - now),
    };
  },
});

function hear(
  table: OperationContext['table'],
  newId: OperationContext['newId'],
  call: Row,
  place: number,
  line: Line,
  start: Micros,
  end: Micros,
  status: string,
): void {
  const said = Places.parse(call.lines_said);
  table('calls').update(String(call.sid), { lines_said: [...said, place], status, last_heard: '' });
  table('utterances').insert({
    id: newId('UT'),
    call: String(call.sid),
    from: 'callee',
    text: line.say,
    start: isoTime(start),
    end: isoTime(end),
    interrupted: false,
  });
}

const say = defineOperation({
  id: 'calls.say',
  method: 'POST',
  path: '/Calls/:sid/say',
  summary: 'Speaks a text, until its end or until the other side speaks in between',
  body: z.strictObject({ text: z.string().trim().min(1).max(1000) }),
  replies: { 200: Spoken, 404: RefusalBody, 409: RefusalBody },
  handle({ params: { sid }, body: { text }, table, newId, now }) {
    const call = table('calls').get(sid);
    if (!call) return unknownCall(sid);
    if (call.status !== 'in-progress') return ended(sid);
    const words = wordsIn(text);
    const barge = nextLine(call, table, text)?.[1].barge;
    const interrupted = barge !== undefined && barge < words.length;
    const spoken = interrupted ? words.slice(0, barge).join(' ') : text;
    const first = after(now, FIRST_AUDIO);
    const length = wordsIn(spoken).length * WORD;
    const end = after(first, length);
    table('calls').update(sid, { last_heard: text });
    table('utterances').insert({
      id: newId('UT'),
      call: sid,
      from: 'agent',
      text: spoken,
      start: isoTime(first),
      end: isoTime(end),
      interrupted,
    });
    return {
      status: 200,
      body: {
        spoken,
        first_audio_at: isoTime(first),
        audio_seconds: length / SECOND,
        interrupted,
        call_status: 'in-progress',
      },
      takes: micros(end - now),
    };
  },
});

const hangUp = defineOperation({
  id: 'calls.hang-up',
  method: 'POST',
  path: '/Calls/:sid/hangup',
  summary: 'Ends a call',
  replies: { 200: Call, 404: RefusalBody },
  handle({ params: { sid }, table }) {
    if (!table('calls').get(sid)) return unknownCall(sid);
    return { status: 200, body: table('calls').update(sid, { status: 'completed' }) };
  },
});

function unknownCall(sid: string) {
  return refusal(404, 'not_found', `no call has the sid "${sid}"`);
}

function ended(sid: string) {
  return refusal(409, 'conflict', `the call ${sid} is over`);
}

/**
 * A phone line with speech on the world's clock. A callee: number, whether they answer, and lines. A call cannot be taken
 * back; what was said on it stands in utterances, each with its times.
 */
export const telephony: Service = {
  name: 'telephony',
  tables: {
    callees: { key: 'number' },
    calls: { key: 'sid' },
    utterances: { key: 'id' },
  },
  operations: [dial, listen, say, hangUp],
};
