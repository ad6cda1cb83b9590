import type { AgentIdentity } from '../genai/spans.ts';

export const identity: AgentIdentity = { name: 'repo-bot', version: '1.0.0' };
