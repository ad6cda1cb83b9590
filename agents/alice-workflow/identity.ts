import type { AgentIdentity } from '../genai/spans.ts';

export const identity: AgentIdentity = { name: 'alice-workflow', version: '1.0.0' };
