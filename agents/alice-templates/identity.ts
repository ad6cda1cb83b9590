import type { AgentIdentity } from '../genai/spans.ts';

export const identity: AgentIdentity = { name: 'alice-templates', version: '1.0.0' };
