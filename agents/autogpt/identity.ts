import type { AgentIdentity } from '../genai/spans.ts';

export const identity: AgentIdentity = { name: 'autogpt', version: '1.0.0' };
