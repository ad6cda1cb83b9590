import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type Load = { spans: number; rate?: number; connections?: number };
export type LoadResult = { spans: number; seconds: number; bytesPerSpan: number; latencies: number[] };

/** Runs the load generator as a process of its own: see load.ts. */
export async function sendLoad(url: string, { spans, rate = 0, connections = 4 }: Load): Promise<LoadResult> {
  const program = join(import.meta.dirname, 'load.ts');
  const child = spawn(process.execPath, [program, url, String(spans), String(rate), String(connections)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let output = '';
  for await (const chunk of child.stdout) output += chunk;
  await ended;
  if (child.exitCode !== 0) throw new Error(`the load generator ended with ${child.exitCode}`);
  return JSON.parse(output) as LoadResult;
}
