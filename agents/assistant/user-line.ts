import type { Control } from '../genai/control.ts';

/** Gives what the user has said since it was last asked. */
export type Ear = () => string[];

/** What the user and those who work for them say to each other while work goes on. */
export type UserLine = {
  /** An ear that hears each message once, from now on. Several may listen. */
  listen(): Ear;
  /** All that was heard so far. */
  heard(): readonly string[];
  /** `false` where there is nobody to hear it now. */
  say(text: string): boolean;
  /** A piece of what is being said. */
  show(text: string): void;
} & Pick<Control, 'next' | 'begin'>;

export function openUserLine(people: Omit<Control, 'close'>): UserLine {
  const log: string[] = [];
  const heard = () => {
    log.push(...people.take());
    return log;
  };
  return {
    heard,
    listen() {
      let at = heard().length;
      return () => {
        const fresh = heard().slice(at);
        at += fresh.length;
        return fresh;
      };
    },
    say: (text) => people.send({ type: 'say', text }),
    show: (text) => void people.send({ type: 'delta', text }),
    next: people.next,
    begin: people.begin,
  };
}
