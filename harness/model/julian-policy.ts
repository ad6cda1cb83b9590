import { type Day, readTimes, timeIn } from './assistant/local-time.ts';
import { readNames } from './assistant/names.ts';
import { clockTimeIn, eventsIn } from './assistant/rows.ts';
import { observe } from './observe.ts';
import type { ChatMove, SimulatedModel } from './simulated-model.ts';

const MEETING_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

/** A simulated voice agent: it reads the task, what it hears and the calendar, and says or does the next thing. */
export const julianModel: SimulatedModel = {
  name: 'sim/julian',
  move({ messages }) {
    const seen = observe(messages);
    const latest = (tool: string) => seen.findLast((observation) => observation.tool === tool);
    const [task = '', ...heardAll] = messages.flatMap(({ role, content }) =>
      role === 'user' ? [content ?? ''] : [],
    );
    const number = /\+\d[\d ()-]{6,20}\d/.exec(task)?.[0].replace(/[ ()-]/g, '');
    const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(task)?.[0] ?? null;
    const name = readNames(task.replace(/^Call\s+/, '')).people[0] ?? 'there';
    if (!number) return { text: `Which number shall I call ${name} at? I have called nobody.` };
    const dialled = latest('dial');
    if (!dialled) return calls(['current_time', {}], ['dial', { to: number }]);
    const sid = memberOf(dialled.result, 'sid');
    if (memberOf(dialled.result, 'status') !== 'in-progress' || sid === null) {
      return { text: `${name} did not answer, so I booked nothing.` };
    }
    const heard = heardAll.at(-1) ?? '';
    const booked = latest('book_meeting');
    const said = messages.flatMap(({ role, content }) => (role === 'assistant' && content ? [content] : []));
    if (latest('hang_up') || heard.endsWith('[they hung up]'))
      return report(name, heardAll, booked !== undefined && !booked.failure);
    const leaving = /\bgoodbye\b/i.test(said.at(-1) ?? '');
    if (
      leaving ||
      /\bleave (?:me |us )?a message\b|\bafter the tone\b|\bwrong number\b|\bno .{1,20} here\b/i.test(heard)
    )
      return calls(['hang_up', { call: sid }]);
    const words = heard.replace(/^\[interrupted[^\]]*\]\s*/, '');
    if (/\bnot interested\b|\bstop calling\b|\b(?:do not|don['’]t) call\b|\btake me off\b/i.test(words))
      return { text: 'I am sorry for the disturbance, we will not call again. Goodbye.' };
    if (/\bprice|\bcost\b|\bcontract\b|\bcomplain/i.test(words))
      return { text: 'A colleague who knows that will call you back. Goodbye.' };
    if (heard === '[silence]') {
      const silences = heardAll.filter((each) => each === '[silence]').length;
      return {
        text: silences > 1 ? 'I cannot hear you, so I leave it for today. Goodbye.' : 'Are you still there?',
      };
    }
    const clock = latest('current_time');
    const now = clock ? clockTimeIn(clock) : null;
    const start = now === null ? null : timeNamed(words, heardAll.join(' '), now);
    if (start !== null && email !== null) return meet(start, email, name, seen, sid);
    if (/\b(?:robot|machine|bot|real person|computer|AI)\b/i.test(words))
      return {
        text: 'Yes, I am an AI assistant. May I still ask for 30 minutes of your time this week, and when?',
      };
    return {
      text: `Hello ${name.split(' ')[0]}, this is Julian of Lumenport. We help teams like yours find customers; may I ask for 30 minutes of your time this week, and which day and time would suit you?`,
    };
  },
};

type Seen = ReturnType<typeof observe>;

function meet(start: number, email: string, name: string, seen: Seen, sid: string): ChatMove {
  const iso = (time: number) => new Date(time).toISOString();
  const day = Math.floor(start / DAY_MS) * DAY_MS;
  const window = { start: iso(day), end: iso(day + DAY_MS) };
  const view = seen.findLast(
    ({ tool, arguments: args }) => tool === 'view_calendar' && args.start === window.start,
  );
  if (!view) return calls(['view_calendar', window]);
  const events = eventsIn(view);
  const isTaken = (from: number) =>
    events.some((event) => event.start < from + MEETING_MS && from < event.end);
  const booked = seen.findLast(({ tool }) => tool === 'book_meeting');
  if (booked && !booked.failure)
    return { text: `You are in the calendar for ${clockWords(start)}. Thank you, goodbye.` };
  if (booked)
    return { text: 'I could not put it into the calendar; a colleague will call you back. Goodbye.' };
  if (isTaken(start)) {
    const other = [1, 2, 3, -1].map((hours) => start + hours * 3_600_000).find((from) => !isTaken(from));
    return {
      text: `I am sorry, that time is taken. Would ${other ? clockWords(other) : 'another day'} suit you?`,
    };
  }
  return sid === ''
    ? { text: '' }
    : calls([
        'book_meeting',
        { title: `Call with ${name}`, start: iso(start), end: iso(start + MEETING_MS), attendees: [email] },
      ]);
}

/** A time in the last words; its day may have been named before. */
function timeNamed(words: string, all: string, now: number): number | null {
  const today = (Math.floor(now / DAY_MS) * DAY_MS) as Day;
  const own = readTimes(words, today);
  const day = own.day ?? readTimes(all, today).day;
  const clock = own.clocks[0]?.from;
  return day === null || clock === undefined ? null : timeIn('UTC', day, clock);
}

function clockWords(time: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(time);
}

function report(name: string, heard: readonly string[], isBooked: boolean): ChatMove {
  const all = heard.join(' ');
  if (isBooked) return { text: `The meeting with ${name} is booked.` };
  if (/\bnot interested\b|\bstop calling\b|\bcall\b.*\bagain\b|\btake me off\b/i.test(all))
    return {
      text: `${name} does not want calls from us; I booked nothing and hand it over to a colleague to note that.`,
    };
  if (/\bmessage\b|\btone\b/i.test(all))
    return { text: `I reached a mailbox of ${name}, left nothing and booked nothing.` };
  if (/\[silence\]/.test(all)) return { text: `I could not hear ${name}, so I booked nothing.` };
  return { text: `Nothing was booked with ${name}; I am handing this over to a colleague.` };
}

function calls(...made: [tool: string, args: Record<string, string | string[]>][]): ChatMove {
  return { calls: made.map(([tool, args]) => ({ tool, arguments: args })) };
}

function memberOf(value: unknown, name: string): string | null {
  const member =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : null;
  return typeof member === 'string' ? member : null;
}
