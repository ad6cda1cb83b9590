import { randomUUID } from 'node:crypto';
import { run, startTelemetry } from './index.ts';

/** `node agents/alice-react/main.ts "message"`: one request, with the environment of the process. */
const message = process.argv.slice(2).join(' ').trim();
if (message === '') {
  console.error('usage: node agents/alice-react/main.ts "what Alice is to do"');
  process.exit(2);
}

const telemetry = startTelemetry();
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));

try {
  const { said, finished } = await run(
    { message, conversationId: randomUUID() },
    process.env,
    interrupted.signal,
  );
  for (const text of said) console.log(text);
  if (!finished) console.error('Alice stopped at her recursion limit.');
  process.exitCode = finished ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await telemetry.shutdown();
}
