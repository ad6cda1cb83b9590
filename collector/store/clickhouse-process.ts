/**
 * The program of the child process: a ClickHouse server out of the libchdb package of npm. The library is the whole
 * engine; its command line knows SYSTEM START LISTEN, which opens the ordinary HTTP port, and where the settings name a
 * `tcp_port` that of the native protocol. That call never returns, so
 * a worker thread makes it, and the main thread ends the process when the parent closes stdin: also when it is killed.
 *
 *   node clickhouse-process.ts <HTTP port> <data directory> <libchdb.so> [setting of the server=value ...]
 */
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { DataType, load, open } from 'ffi-rs';

/** The engine checks its stack, and takes more of it than a worker has by default. */
const stackSizeMb = 8;

const sleepForever =
  'SELECT sleepEachRow(1) FROM system.numbers FORMAT Null SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0';

function serve(port: string, directory: string, library: string, settings: readonly string[]): void {
  open({ library: 'clickhouse', path: library });
  const native = settings.some((setting) => setting.startsWith('tcp_port='));
  const args = [
    'clickhouse',
    '--listen_host=127.0.0.1',
    `--http_port=${port}`,
    `--path=${directory}`,
    `--query=SYSTEM START LISTEN HTTP; ${native ? 'SYSTEM START LISTEN TCP; ' : ''}${sleepForever}`,
    // What follows belongs to the configuration of the server.
    '--',
    ...settings.map((setting) => `--${setting}`),
  ];
  load({
    library: 'clickhouse',
    funcName: 'chdb_query_cmdline',
    retType: DataType.External,
    paramsType: [DataType.I32, DataType.StringArray],
    paramsValue: [args.length, args],
  });
}

if (isMainThread) {
  // Not process.exit: it would wait for the worker, which never comes back from the engine.
  const end = () => process.kill(process.pid, 'SIGKILL');
  const worker = new Worker(new URL(import.meta.url), {
    workerData: process.argv.slice(2),
    resourceLimits: { stackSizeMb },
  });
  worker.on('error', (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    end();
  });
  worker.on('exit', end);
  process.on('SIGTERM', end);
  process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the parent decides when to stop.
  process.stdin.resume().on('end', end);
} else {
  const [port = '', directory = '', library = '', ...settings] = workerData as string[];
  serve(port, directory, library, settings);
}
