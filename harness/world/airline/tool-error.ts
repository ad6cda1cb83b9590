/** A tool's refusal, or what its Python original raised: either way the caller reads `Error: <message>`. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/** Where the original crashed with the whole run instead of answering. */
export class RunFault extends Error {
  override readonly name = 'RunFault';
}
