import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';

/** What was said and done in conversations that may go on. */
export type Memory = {
  of(conversationId: string): readonly ChatCompletionMessageParam[];
  keep(conversationId: string, messages: readonly ChatCompletionMessageParam[]): void;
  forget(conversationId: string): void;
};

/** Keeps conversations in this process, the `most` that were spoken in last. */
export function createMemory(most = 1000): Memory {
  const conversations = new Map<string, readonly ChatCompletionMessageParam[]>();
  return {
    of: (id) => conversations.get(id) ?? [],
    keep(id, messages) {
      conversations.delete(id);
      conversations.set(id, messages);
      const [oldest] = conversations.keys();
      if (conversations.size > most && oldest !== undefined) conversations.delete(oldest);
    },
    forget: (id) => void conversations.delete(id),
  };
}
