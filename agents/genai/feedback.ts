import { z } from 'zod';

const Frame = z.object({ type: z.literal('message'), text: z.string() });

/** What the user says while the agent works. */
export type Feedback = {
  /** What has come since the last time, in order. */
  take(): string[];
  /** Tells the user something: `{"type":"say","text":"..."}` what is said, any other what an interface may show. */
  send(frame: { type: string; text: string }): void;
  close(): void;
};

/**
 * Listens at a WebSocket address to what the user says mid-run: frames of JSON, `{"type":"message","text":"..."}`; others
 * are passed over. A connection that breaks later says nothing more, and breaks no work.
 *
 * @throws Error where nobody answers at `url`, and what `signal` was aborted with
 */
export async function openFeedback(url: string, signal: AbortSignal): Promise<Feedback> {
  signal.throwIfAborted();
  let waiting: string[] = [];
  const socket = new WebSocket(url);
  const close = () => socket.close();
  signal.addEventListener('abort', close, { once: true });
  socket.addEventListener('message', ({ data }) => {
    const frame = Frame.safeParse(parsed(String(data)));
    if (frame.success) waiting.push(frame.data.text);
  });
  await new Promise<void>((resolve, reject) => {
    const fail = () =>
      reject(signal.reason ?? new Error(`expected to hear the user at ${url}, nobody answers`));
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', fail, { once: true });
    socket.addEventListener('close', fail, { once: true });
  });
  return {
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    send: (frame) => socket.send(JSON.stringify(frame)),
    close() {
      signal.removeEventListener('abort', close);
      close();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
