/** What a command is given by the process it runs in. */
export type Invocation = {
  /** Aborts when the process is told to end. */
  signal: AbortSignal;
  /** Takes the exit code: 0 pass, 1 regression, 2 usage, 3 cannot measure, 4 inconclusive. */
  exitWith: (code: number) => void;
};
