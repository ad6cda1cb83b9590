import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../domain/errors.ts';

export type EmbeddedClickHouse = {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** Ends the server and waits until it is gone. What was acknowledged is on disk. */
  close(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Holds the data and `clickhouse.log`; made where it is missing. */
  directory: string;
  /** Called when the server ends without having been closed. */
  onCrash: (message: string) => void;
};

const attempts = 3;
const startMilliseconds = 60_000;
const stopMilliseconds = 10_000;

/**
 * Starts a ClickHouse server of its own on a free loopback port. It ends with this process, however that ends.
 *
 * @throws AppError CLICKHOUSE_START_FAILED, DISK_FULL or DATA_DIRECTORY_LOCKED, in one line that names the log.
 */
export async function startEmbeddedClickHouse(options: EmbeddedOptions): Promise<EmbeddedClickHouse> {
  const library = findLibrary();
  mkdirSync(options.directory, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(options, library);
    } catch (error) {
      // Between looking for a free port and taking it, another program may have taken it; and the server of a
      // collector that was killed may need a moment to go.
      if (attempt === attempts || !(error instanceof StartFailure) || !error.passing) throw asAppError(error);
      await sleep(500);
    }
  }
}

async function start({ directory, onCrash }: EmbeddedOptions, library: string): Promise<EmbeddedClickHouse> {
  const logPath = join(directory, 'clickhouse.log');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = openSync(logPath, 'w');
  const program = join(import.meta.dirname, `clickhouse-process${extname(import.meta.filename)}`);
  const child = spawn(process.execPath, [program, String(port), join(directory, 'data'), library], {
    cwd: directory,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  let ready = false;
  let closing = false;
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('exit', (code, signal) => {
      if (ready && !closing) onCrash(`ClickHouse ended (${signal ?? code}); its log is ${logPath}`);
      resolve();
    });
  });
  child.stdin?.on('error', () => {}); // It died first: `ended` tells.

  const close = async () => {
    closing = true;
    child.stdin?.end();
    const patience = new AbortController();
    await Promise.race([ended, sleep(stopMilliseconds, null, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
    if (isRunning(child)) child.kill('SIGKILL');
    await ended;
  };

  const deadline = Date.now() + startMilliseconds;
  while (!(await answers(url))) {
    if (!isRunning(child) || Date.now() > deadline) {
      await close();
      throw new StartFailure(readFileSync(logPath, 'utf8'), logPath);
    }
    await sleep(15);
  }
  ready = true;
  return { url, close };
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/ping`, { signal: AbortSignal.timeout(1000) });
    return (await response.text()).startsWith('Ok');
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The shared library of this platform's package, which npm installs as an optional dependency. */
function findLibrary(): string {
  const platform = `${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
  const name = `@chdb/lib-${platform}`;
  try {
    const library = join(dirname(createRequire(import.meta.url).resolve(name)), 'libchdb.so');
    if (existsSync(library)) return library;
  } catch {
    // Not installed: said below.
  }
  throw new AppError('CLICKHOUSE_START_FAILED', `expected the package ${name}, which is not installed here`);
}

/** Why the server did not come up, read from what it printed. */
class StartFailure extends Error {
  readonly log: string;
  readonly logPath: string;

  constructor(log: string, logPath: string) {
    super(log);
    this.log = log;
    this.logPath = logPath;
  }

  get locked(): boolean {
    return /Cannot lock file|Another server instance/.test(this.log);
  }

  /** Worth another attempt. */
  get passing(): boolean {
    return this.locked || /Address already in use/.test(this.log);
  }
}

function asAppError(error: unknown): unknown {
  if (!(error instanceof StartFailure)) return error;
  const reason =
    error.log.split('\n').find((line) => /Exception|rror/.test(line)) ?? 'it ended without a reason';
  const message = `ClickHouse did not start: ${reason.slice(0, 300)} (log: ${error.logPath})`;
  if (error.locked) return new AppError('DATA_DIRECTORY_LOCKED', message);
  if (/No space left on device|ENOSPC/.test(error.log)) return new AppError('DISK_FULL', message);
  return new AppError('CLICKHOUSE_START_FAILED', message);
}
