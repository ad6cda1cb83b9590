import { collectorEnvironment } from '../environment.ts';
import { prettyLog } from '../observe/log.ts';
import { startCollector } from '../server.ts';

/** A collector as a process of its own, to be killed by tests: `node run-collector.ts <data directory>`. */
const collector = await startCollector({
  dataDirectory: process.argv[2] ?? '',
  port: 0,
  ...collectorEnvironment(process.env),
  log: prettyLog((line) => process.stderr.write(`${line}\n`)),
});
process.stdout.write(`${collector.url}\n`);
