#!/usr/bin/env node
/** The `rehearse` command of the package. It imports nothing that an old Node cannot read before it has looked. */
import { nodeObstacle } from './node-version.ts';

const obstacle = nodeObstacle(process.versions.node);
if (obstacle === null) {
  const { enableCompileCache } = await import('node:module');
  // What a command loads is compiled once, not at every start; the processes that it starts share that.
  const { directory } = enableCompileCache();
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= directory;
  const { main } = await import('../cli.ts');
  await main();
} else {
  console.error(obstacle);
  process.exitCode = 2;
}
