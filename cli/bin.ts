#!/usr/bin/env node
/** The `rehearse` command of the package. It imports nothing that an old Node cannot read before it has looked. */
import { nodeObstacle } from './node-version.ts';

const obstacle = nodeObstacle(process.versions.node);
if (obstacle === null) {
  const { main } = await import('../cli.ts');
  await main();
} else {
  console.error(obstacle);
  process.exitCode = 2;
}
