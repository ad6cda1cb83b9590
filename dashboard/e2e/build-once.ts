import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built dashboard lies. */
    dashboardDirectory: string;
  }
}

/** Builds the dashboard before the first test of a browser; all of them are served the one build. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'rehearse-dashboard-'));
  await build({
    root: resolve(import.meta.dirname, '..'),
    logLevel: 'error',
    build: { outDir: directory, emptyOutDir: true },
  });
  provide('dashboardDirectory', directory);
  return () => rm(directory, { recursive: true, force: true });
}
