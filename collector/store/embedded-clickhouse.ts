import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../domain/errors.ts';

export type EmbeddedClickHouse = {
  /** `http://127.0.0.1:<port>`, also after it was started again. */
  url: string;
  /** Ends the server and waits until it is gone. What was acknowledged is on disk. */
  close(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Holds the data and `clickhouse.log`; made where it is missing. */
  directory: string;
  /** Default: a free one. */
  port?: number;
  /** Of its configuration, by path: `backups.allowed_path`. With `tcp_port` it speaks the native protocol, too. */
  settings?: Readonly<Record<string, string>>;
  /** Called with a line when the server ends without having been closed, and when it is back. */
  onCrash: (message: string) => void;
};

/** One process of the server. */
type Server = {
  /** Resolves when the process has ended, with how. */
  ended: Promise<string>;
  close(): Promise<void>;
};

const attempts = 3;
const startMilliseconds = 60_000;
const stopMilliseconds = 10_000;
/** A server that ran so long did not end because of how it starts. */
const soundMilliseconds = 10_000;
const logFile = 'clickhouse.log';

/**
 * Starts a ClickHouse server of its own on a free loopback port, and again on the same port whenever it ends by
 * itself. It ends with this process, however that ends.
 *
 * @throws AppError CLICKHOUSE_START_FAILED, DISK_FULL or DATA_DIRECTORY_LOCKED, in one line that names the log.
 */
export async function startEmbeddedClickHouse(options: EmbeddedOptions): Promise<EmbeddedClickHouse> {
  const library = findLibrary();
  mkdirSync(options.directory, { recursive: true });
  const first = await startFirst(options, library);
  const closing = new AbortController();
  const supervised = supervise(first, { ...options, library, signal: closing.signal });
  return {
    url: urlOf(first.port),
    async close() {
      closing.abort();
      await supervised;
    },
  };
}

async function startFirst(options: EmbeddedOptions, library: string): Promise<Server & { port: number }> {
  const { directory, settings } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      const port = options.port ?? (await freePort());
      return { port, ...(await start({ directory, settings, library, port })) };
    } catch (error) {
      // Between looking for a free port and taking it, another program may have taken it; and the server of a
      // collector that was killed may need a moment to go.
      if (attempt === attempts || !(error instanceof StartFailure) || !error.passing) throw asAppError(error);
      await sleep(500);
    }
  }
}

type Supervision = EmbeddedOptions & { library: string; signal: AbortSignal };

/** Starts the server again whenever it has ended, ever more slowly while it does not come up; closes it at the signal. */
async function supervise(first: Server & { port: number }, options: Supervision): Promise<void> {
  const { directory, settings, library, onCrash, signal } = options;
  const { port } = first;
  const aborted = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null)));
  let server: Server | null = first;
  let began = performance.now();
  let failures = 0;
  while (server) {
    const end = await Promise.race([server.ended, aborted]);
    if (end === null) return server.close();
    onCrash(`ClickHouse ended (${end}) and is started again; its log is ${keepLog(directory)}`);
    failures = performance.now() - began > soundMilliseconds ? 0 : failures + 1;
    server = null;
    while (server === null) {
      await sleep(restartMilliseconds(failures), null, { signal }).catch(() => {});
      if (signal.aborted) return;
      began = performance.now();
      server = await start({ directory, settings, library, port, signal }).catch((error: unknown) => {
        onCrash(error instanceof StartFailure ? describe(error).message : String(error));
        failures++;
        return null;
      });
    }
  }
}

/** At once after it has run well, then doubled up to five seconds. */
function restartMilliseconds(failures: number): number {
  return failures === 0 ? 0 : Math.min(5000, 125 * 2 ** Math.min(failures, 10));
}

/** The next process begins a new log; that of the one that ended says why. Says where it is, if it could be kept. */
function keepLog(directory: string): string {
  const kept = join(directory, 'clickhouse.previous.log');
  try {
    renameSync(join(directory, logFile), kept);
    return kept;
  } catch (error) {
    return `lost: ${error instanceof Error ? error.message : error}`;
  }
}

type StartOptions = {
  directory: string;
  settings: EmbeddedOptions['settings'];
  library: string;
  port: number;
  signal?: AbortSignal;
};

async function start({ directory, settings = {}, library, port, signal }: StartOptions): Promise<Server> {
  const logPath = join(directory, logFile);
  const log = openSync(logPath, 'w');
  const program = join(import.meta.dirname, `clickhouse-process${extname(import.meta.filename)}`);
  const named = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const words = [program, String(port), join(directory, 'data'), library, ...named];
  const child = spawn(process.execPath, words, {
    cwd: directory,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(String(signal ?? code)));
  });
  child.stdin?.on('error', () => {}); // It died first: `ended` tells.

  const close = async () => {
    child.stdin?.end();
    const patience = new AbortController();
    await Promise.race([ended, sleep(stopMilliseconds, null, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
    if (isRunning(child)) child.kill('SIGKILL');
    await ended;
  };

  const deadline = Date.now() + startMilliseconds;
  while (!(await answers(urlOf(port)))) {
    if (!isRunning(child) || Date.now() > deadline || signal?.aborted) {
      await close();
      throw new StartFailure(readFileSync(logPath, 'utf8'), logPath);
    }
    await sleep(15);
  }
  return { ended, close };
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
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
  return error instanceof StartFailure ? describe(error) : error;
}

function describe(error: StartFailure): AppError {
  const reason =
    error.log.split('\n').find((line) => /Exception|rror/.test(line)) ?? 'it ended without a reason';
  const message = `ClickHouse did not start: ${reason.slice(0, 300)} (log: ${error.logPath})`;
  if (error.locked) return new AppError('DATA_DIRECTORY_LOCKED', message);
  if (/No space left on device|ENOSPC/.test(error.log)) return new AppError('DISK_FULL', message);
  return new AppError('CLICKHOUSE_START_FAILED', message);
}
