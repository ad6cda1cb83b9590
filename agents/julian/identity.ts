import type { AgentIdentity } from '../genai/spans.ts';

export const identity: AgentIdentity = { name: 'julian', version: '1.0.0' };
