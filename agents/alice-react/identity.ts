import type { AgentIdentity } from '../genai/spans.ts';

export const identity: AgentIdentity = { name: 'alice-react', version: '1.2.0' };
