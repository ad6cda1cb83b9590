import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { type Asked, createGrants, type Grants, type GrantWord } from './grants.ts';
import type { Page } from './tab.ts';

/** A message of a conversation; of one that shows a page, what is told of it once another is open. */
export type Entry = { message: ChatCompletionMessageParam; left?: string };

/** What is kept of a conversation between the user's messages. */
export type Session = {
  entries: Entry[];
  grants: Grants;
  /** The pages that were open; the last one is. */
  pages: Page[];
  /** A question about grants that the user has not answered. */
  asked: Asked | null;
  /** How often the critic has objected. */
  objections: number;
};

export type Sessions = {
  /** The session of a conversation, new where there is none. */
  of(conversationId: string, initial: readonly GrantWord[]): Session;
  forget(conversationId: string): void;
};

/** Sessions of this process, the latest `most` of them. */
export function createSessions(most = 500): Sessions {
  const sessions = new Map<string, Session>();
  return {
    of(id, initial) {
      const known = sessions.get(id);
      sessions.delete(id);
      const session = known ?? {
        entries: [],
        grants: createGrants(initial),
        pages: [],
        asked: null,
        objections: 0,
      };
      sessions.set(id, session);
      const [oldest] = sessions.keys();
      if (sessions.size > most && oldest !== undefined) sessions.delete(oldest);
      return session;
    },
    forget: (id) => void sessions.delete(id),
  };
}

/** The messages as the model gets them: the page that is open in full, those before by their addresses. */
export function messagesOf({ entries }: Session): ChatCompletionMessageParam[] {
  const current = entries.findLastIndex(({ left }) => left !== undefined);
  return entries.map(({ message, left }, index) =>
    left === undefined || index === current || message.role !== 'tool'
      ? message
      : { ...message, content: left },
  );
}

export function say(session: Session, role: 'user' | 'assistant', content: string): void {
  session.entries.push({ message: { role, content } });
}
