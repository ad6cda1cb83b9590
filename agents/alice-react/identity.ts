/** What the agent is called in traces and reports. */
export const name = 'alice-react';
/** Raised with every change of prompt, tools or loop: it is the key under which results are compared. */
export const version = '1.0.0';
