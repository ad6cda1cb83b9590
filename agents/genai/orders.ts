import { z } from 'zod';

const Id = z.string().max(64);

/** What comes from people: a word of the user or of somebody who watches, and commands to the work. */
const Frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), text: z.string(), id: Id.optional() }),
  z.discriminatedUnion('command', [
    z.object({ type: z.literal('command'), command: z.enum(['pause', 'resume', 'stop']), id: Id }),
    z.object({ type: z.literal('command'), command: z.literal('override'), id: Id, text: z.string() }),
  ]),
]);

type AckState = 'accepted' | 'done' | 'refused';

/** What became of a command: `{"type":"ack"}`. */
export type Ack = { type: 'ack'; id: string; state: AckState; reason?: string };

/** What an agent does next: `anew`, where somebody has overridden what it had planned. */
export type Next = 'go on' | 'anew' | 'stop';

/** What people want of a piece of work, in the order in which it came. */
export type Orders = {
  /** Takes a frame; one that is not understood is passed over. */
  onFrame(text: string): void;
  /** The words that have come since the last time. */
  take(): string[];
  /** Asked before a step is planned and before it is done. Waits while the work is paused. Rejects with what `signal` was aborted with. */
  next(signal: AbortSignal): Promise<Next>;
  readonly paused: boolean;
  /** The work is over: what is not done will not be. */
  end(): void;
};

/** Commands whose end is remembered, in case they come again. */
const mostRemembered = 200;

/** @param ack tells whoever gave a command what became of it */
export function createOrders(ack: (ack: Ack) => void): Orders {
  const told = new Map<string, Ack>();
  const tell = (id: string | undefined, state: AckState, reason?: string) => {
    if (id === undefined) return;
    const said: Ack = { type: 'ack', id, state, ...(reason !== undefined && { reason }) };
    told.delete(id);
    told.set(id, said);
    const [oldest] = told.keys();
    if (told.size > mostRemembered && oldest !== undefined) told.delete(oldest);
    ack(said);
  };
  let words: { text: string; id: string | undefined }[] = [];
  let pause: { id: string; resumed: PromiseWithResolvers<void> } | null = null;
  let stop: { id: string } | null = null;
  let overridden = false;

  const letGo = () => {
    pause?.resumed.resolve();
    pause = null;
  };
  const obey = (frame: Extract<z.output<typeof Frame>, { type: 'command' }>) => {
    const { id } = frame;
    switch (frame.command) {
      case 'pause':
        if (pause) return tell(id, 'done');
        pause = { id, resumed: Promise.withResolvers() };
        return tell(id, 'accepted');
      case 'resume':
        if (!pause) return tell(id, 'refused', 'it is not paused');
        if (told.get(pause.id)?.state === 'accepted')
          tell(pause.id, 'refused', 'it was told to go on before its next step');
        letGo();
        return tell(id, 'done');
      case 'stop':
        stop = { id };
        letGo();
        return tell(id, 'accepted');
      case 'override':
        overridden = true;
        words.push({ text: frame.text, id });
        return tell(id, 'accepted');
    }
  };

  return {
    onFrame(text) {
      const { data: frame } = Frame.safeParse(parsed(text));
      if (!frame) return;
      const known = frame.id === undefined ? undefined : told.get(frame.id);
      if (known) ack(known);
      else if (frame.type === 'command') obey(frame);
      else {
        words.push({ text: frame.text, id: frame.id });
        tell(frame.id, 'accepted');
      }
    },
    take() {
      const taken = words;
      words = [];
      for (const { id } of taken) tell(id, 'done');
      return taken.map(({ text }) => text);
    },
    async next(signal) {
      while (pause) {
        tell(pause.id, 'done');
        await unlessAborted(pause.resumed.promise, signal);
      }
      if (stop) {
        if (told.get(stop.id)?.state !== 'done') tell(stop.id, 'done');
        return 'stop';
      }
      if (!overridden) return 'go on';
      overridden = false;
      return 'anew';
    },
    get paused() {
      return pause !== null;
    },
    end() {
      letGo();
      for (const { id, state } of [...told.values()]) {
        if (state === 'accepted') tell(id, 'refused', 'the work was over before');
      }
    },
  };
}

async function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
