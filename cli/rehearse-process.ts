import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Runs a `rehearse` command in a process of its own against a collector: code is read anew, and telemetry is its own.
 * An abort interrupts it as Ctrl+C does.
 *
 * @param output where its standard output and error go: where ours go, or into the answer
 */
export async function rehearseProcess(
  args: readonly string[],
  { collectorUrl, output, signal }: { collectorUrl: string; output: 'inherit' | 'pipe'; signal: AbortSignal },
): Promise<{ exit: number | null; out: string; error: string }> {
  const cli = join(import.meta.dirname, `../cli.${import.meta.filename.endsWith('.ts') ? 'ts' : 'js'}`);
  const child = spawn(process.execPath, [...process.execArgv, cli, ...args], {
    stdio: ['ignore', output, output],
    env: { ...process.env, REHEARSE_URL: collectorUrl },
  });
  const end = () => child.kill('SIGINT');
  signal.addEventListener('abort', end, { once: true });
  const texts = { out: '', error: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    texts.error += text;
  });
  const closed = Promise.withResolvers<number | null>();
  child.once('error', closed.reject).once('close', closed.resolve);
  const exit = await closed.promise.finally(() => signal.removeEventListener('abort', end));
  return { exit, ...texts };
}
