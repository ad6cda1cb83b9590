import type { JsonValue } from './json.ts';

/** An HTTP call to one of the company's APIs, and what came of it. */
export type ApiCall = {
  api: 'crm' | 'mail' | 'calendar';
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  /** Sent as JSON; members without a value are left out. */
  body?: { [member: string]: JsonValue | undefined };
};

/** Something the model can do. Each is one HTTP call, so that its outcome is one thing. */
export type Tool = {
  name: string;
  description: string;
  /** JSON Schema of the arguments. */
  parameters: Record<string, unknown>;
  /** Reading tools run side by side; a writing tool runs alone, in the order the model gave. */
  writes: boolean;
  /** The call that the arguments ask for. Throws where they do not fit `parameters`. */
  call(args: unknown): ApiCall;
};
