/** What the agent is asked, as its production caller would. */
export type AgentRequest = { message: string; conversationId: string };

/** What came of it. */
export type AgentResult = {
  /** What it said to the user, in order. */
  said: string[];
  /** It ended by itself; `false` when a limit of its own (recursion, steps) cut it short. */
  finished: boolean;
};

/**
 * An agent as the runner drives it. Whatever speaks HTTP and OTLP can be one; a driver makes it look like this.
 * `environment` holds the base URLs of its world (`CRM_URL`, `OPENAI_BASE_URL`, ...) as variables of a process would.
 */
export type Agent = {
  name: string;
  version: string;
  run(request: AgentRequest, environment: Record<string, string>, signal: AbortSignal): Promise<AgentResult>;
  /**
   * Called when a conversation is over whose last answer has come: what was kept for it may go. Rejects where the agent
   * failed at ending, which counts as a crash.
   */
  endConversation?(conversationId: string): Promise<void>;
  /** Sends out the spans that are still buffered. */
  flush(): Promise<void>;
};
