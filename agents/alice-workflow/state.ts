import { Annotation } from '@langchain/langgraph';
import type { CaseFile } from '../genai/case-file.ts';
import type { JsonValue } from '../genai/json.ts';

/** A call that the model asks a step to make. */
export type Wanted = { tool: string; arguments: { [name: string]: JsonValue } };

/** What goes from step to step, and is kept while the workflow waits for its user. */
export const State = Annotation.Root({
  /** What the user said, in order. */
  requests: Annotation<string[]>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
  caseFile: Annotation<CaseFile>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
  kind: Annotation<'first message' | 'reply' | 'other'>(),
  /** What the request asks to be looked up first. */
  look: Annotation<Wanted[]>(),
  verdict: Annotation<'act' | 'ask' | 'stop'>(),
  isFirstMessage: Annotation<boolean>(),
  positioning: Annotation<string | null>(),
  /** What is about to be done. */
  draft: Annotation<Wanted[]>(),
  /** How often the user was asked whom or what they mean. */
  questions: Annotation<number>({ reducer: (_, right) => right, default: () => 0 }),
  /** How often the user sent a draft back. */
  revisions: Annotation<number>({ reducer: (_, right) => right, default: () => 0 }),
  approved: Annotation<boolean>(),
  /** The user spoke while the last step worked: what they said is among the requests, which are read anew. */
  interrupted: Annotation<boolean>(),
  /** How often that led back. */
  interruptions: Annotation<number>({ reducer: (_, right) => right, default: () => 0 }),
  /** To the user, at the end or with a question. */
  say: Annotation<string>(),
});
export type State = typeof State.State;
export type Update = Partial<typeof State.Update>;
