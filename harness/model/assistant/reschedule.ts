import { eventsOf, findEvent, openDesk, overlapping, viewAround } from './calendar.ts';
import { dayIn, describeTime, isoOf, readTimes, timeIn } from './local-time.ts';
import { perform } from './perform.ts';
import { eventsIn } from './rows.ts';
import { andThen, end, have, type Scene, type Step } from './scene.ts';
import type { Outcome } from './schedule.ts';

/** Moves an event, with its length, to a time that is free. */
export function move(words: string, scene: Scene): Step<Outcome> {
  const [line = '', ...feedback] = words.split('\n');
  const parts = /^(.*?)\b(?:to|until)\b(.*)$/is.exec(line);
  const [source, target] = parts ? [parts[1] ?? '', parts[2] ?? ''] : [line, ''];
  return andThen(openDesk(scene), (desk) => {
    const wanted = [target, ...feedback].map((text) => readTimes(`at ${text.trim()}`, desk.today));
    const clocks = wanted.findLast((times) => times.clocks.length > 0)?.clocks ?? [];
    const named = wanted.findLast((times) => times.day !== null)?.day ?? null;
    const [clock] = clocks;
    return andThen(findEvent(source, desk, scene), (event) => {
      const { zone } = desk.preferences;
      if (!clock && named === null) return end(`To which time shall I move "${event.title}"?`);
      const day = named ?? dayIn(zone, event.start);
      const start = clock ? timeIn(zone, day, clock.from) : event.start + (day - dayIn(zone, event.start));
      const finish = start + (event.end - event.start);
      const when = describeTime(zone, start);
      const moved = `"${event.title}" is now on ${when}.`;
      const attempted = scene.seen.some(({ tool }) => tool === 'move_event');
      if (event.start === start && !attempted)
        return have({ text: `"${event.title}" is on ${when} already; I changed nothing.`, when });
      return andThen(eventsOf(viewAround(start, desk), scene), (events) => {
        const other = overlapping(events, start, finish, event.id);
        if (other && !attempted)
          return end(
            `${when} is taken by "${other.title}", so I moved nothing. Which other time shall it be?`,
          );
        const write = {
          tool: 'move_event',
          arguments: { event_id: event.id, start: isoOf(start), end: isoOf(finish) },
          isThis: () => true,
          check: viewAround(start, desk),
          holds: (view: Parameters<typeof eventsIn>[0]) =>
            eventsIn(view).some(({ id, start: at }) => id === event.id && at === start),
        };
        return andThen(perform(write, scene), (done) =>
          done.kind === 'done'
            ? have({ text: moved, when })
            : end(`I hand this over to you: I could not move it (${done.message}).`),
        );
      });
    });
  });
}

/** Takes an event out of the calendar. */
export function cancel(words: string, scene: Scene): Step<Outcome> {
  return andThen(openDesk(scene), (desk) => {
    const { zone } = desk.preferences;
    return andThen(findEvent(words.split('\n').join(' '), desk, scene), (event) => {
      const when = describeTime(zone, event.start);
      const write = {
        tool: 'cancel_event',
        arguments: { event_id: event.id },
        isThis: ({ event_id }: Record<string, unknown>) => event_id === event.id,
        check: viewAround(event.start, desk),
        holds: (view: Parameters<typeof eventsIn>[0]) => eventsIn(view).every(({ id }) => id !== event.id),
      };
      return andThen(perform(write, scene), (done) => {
        // Gone by an attempt whose answer was lost.
        if (done.kind === 'done' || done.status === 404)
          return have({ text: `"${event.title}" on ${when} is cancelled.`, when });
        return end(`I hand this over to you: I may not cancel it (${done.message}).`);
      });
    });
  });
}
