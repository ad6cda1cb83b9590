import { AsyncLocalStorage } from 'node:async_hooks';

/** Which agent's work the process is doing; one for all runs, as the errors it is asked about are the process's. */
const scope = new AsyncLocalStorage<(error: unknown) => void>();

/**
 * Runs an agent's work so that an error which it lets go of (a promise that nobody awaits, a timer's callback) is told
 * to `onStray` while `watchStrayErrors` holds.
 */
export function inAgentScope<T>(onStray: (error: unknown) => void, work: () => T): T {
  return scope.run(onStray, work);
}

/**
 * Keeps an agent's stray errors from ending this process, and with it the trials beside it. Errors of all else end it as
 * before. Returns what takes the watch away.
 */
export function watchStrayErrors(): () => void {
  const onError = (error: unknown) => {
    const onStray = scope.getStore();
    if (!onStray) throw error;
    onStray(error);
  };
  process.on('uncaughtException', onError);
  return () => void process.off('uncaughtException', onError);
}
