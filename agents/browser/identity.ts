import type { AgentIdentity } from '../genai/spans.ts';

export const identity: AgentIdentity = { name: 'browser', version: '1.0.0' };

/** Who reviews what the browser is about to change: an agent of its own in traces, so that its price can be seen. */
export const critic: AgentIdentity = { name: 'browser-critic', version: identity.version };
