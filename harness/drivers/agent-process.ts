import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { AgentRequest, AgentResult } from './agent.ts';
import { describeIssue, mostAnswerBytes, quote } from './agent-answer.ts';

const Line = z
  .object({ said: z.string().optional(), finished: z.boolean().optional() })
  .refine(({ said, finished }) => said !== undefined || finished !== undefined, 'it has neither');

/** Characters of stderr that are kept, from its end. */
const keptComplaint = 300;
/** From SIGTERM to SIGKILL. */
const killMillis = 1000;
/** What a process that has finished may take to send out its spans and exit. */
const exitMillis = 5000;
/** From the exit of a process to the last byte of its output; a descendant outside its group may hold that open. */
const drainMillis = 1000;

/** The process did not do its part; the message says what it did instead. */
class AgentProcessFault extends Error {
  override readonly name: string = 'agent process';
}

/** It had answered an earlier message and ended without having heard the next: a new process may take that one. */
export class NextMessageUnheard extends AgentProcessFault {}

type Waiting = {
  said: string[];
  signal: AbortSignal;
  resolve(result: AgentResult): void;
  reject(reason: unknown): void;
};

/**
 * A process that takes messages as lines of JSON on stdin and answers with lines of JSON on stdout: `{"said": "..."}`
 * for each thing it tells the user, `{"finished": true}` when it waits for the next message or is done (`false`: a limit
 * of its own cut it short). It is ended with all processes of its group.
 */
export class AgentProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed = Promise.withResolvers<void>();
  #waiting: Waiting | null = null;
  #asked = 0;
  /** Bytes of output since the last message. */
  #bytes = 0;
  #rest = '';
  #complaint = '';
  #stopping = false;
  #fault: Error | null = null;
  #isOpen = true;

  constructor(command: string, environment: Record<string, string | undefined>) {
    const options = { shell: true, detached: true, env: environment } as const;
    this.#child = spawn(command, [], { ...options, stdio: 'pipe' });
    const { stdin, stdout, stderr } = this.#child;
    stdout.setEncoding('utf8').on('data', (text: string) => this.#onOutput(text));
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-keptComplaint);
    });
    // A process that does not read is known by what it does next.
    stdin.on('error', () => {});
    this.#child.once('error', (error) => {
      this.#fail(`could not be started: ${error.message}`);
      this.#close();
    });
    this.#child.once('exit', () => {
      // Of the shell, maybe: an agent that is being stopped has its time still.
      if (!this.#stopping) this.kill();
      setTimeout(() => {
        stdout.destroy();
        stderr.destroy();
      }, drainMillis).unref();
    });
    this.#child.once('close', (code, signal) => this.#onClose(code, signal));
  }

  /** Whether it can be asked. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Settled when it has ended, with its output read. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /**
   * Gives it a message and waits for its answer. When `signal`, the same for all messages, is
   * aborted the process is ended, SIGTERM first.
   *
   * @throws the reason of `signal`, or an error that says what it did instead of answering
   */
  async ask(request: AgentRequest, signal: AbortSignal): Promise<AgentResult> {
    signal.throwIfAborted();
    if (this.#fault) throw this.#fault;
    const { promise, resolve, reject } = Promise.withResolvers<AgentResult>();
    this.#waiting = { said: [], signal, resolve, reject };
    this.#asked += 1;
    this.#bytes = 0;
    if (this.#asked === 1) this.#stopWith(signal);
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    try {
      return await promise;
    } finally {
      this.#waiting = null;
    }
  }

  /** Tells it that no message follows and waits until it has exited. Throws where it failed at that. */
  async end(): Promise<void> {
    this.#child.stdin.end();
    const patience = new AbortController();
    const late = sleep(exitMillis, undefined, { signal: patience.signal }).then(
      () => this.#stop(),
      () => {},
    );
    await this.closed;
    patience.abort();
    await late;
    if (this.#fault) throw this.#fault;
  }

  /** Ends it and all processes of its group at once. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  /** Also between two messages. */
  #stopWith(signal: AbortSignal) {
    const onAbort = () => this.#stop();
    signal.addEventListener('abort', onAbort);
    void this.closed.then(() => signal.removeEventListener('abort', onAbort));
  }

  #stop() {
    this.#stopping = true;
    this.#signal('SIGTERM');
    setTimeout(() => this.kill(), killMillis).unref();
  }

  #signal(signal: NodeJS.Signals) {
    const { pid } = this.#child;
    if (pid === undefined || !this.#isOpen) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // Nobody of the group is left.
    }
  }

  #onOutput(text: string) {
    if (this.#fault) return;
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes > mostAnswerBytes) {
      this.#fail(`printed more than the ${mostAnswerBytes} bytes that an answer may have`);
      return;
    }
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
  }

  #onLine(text: string) {
    if (this.#fault || this.#stopping || text.trim() === '') return;
    const line = parseLine(text);
    if (!line.success) {
      const expected = 'expected lines of {"said": "..."} and at last {"finished": true} on stdout';
      this.#fail(`${expected}, got ${quote(text)}: ${line.problem}`);
      return;
    }
    if (!this.#waiting) {
      this.#fail(`spoke after it had finished: ${quote(text)}`);
      return;
    }
    const { said, finished } = line.data;
    if (said !== undefined) this.#waiting.said.push(said);
    if (finished === undefined) return;
    this.#waiting.resolve({ said: this.#waiting.said, finished });
    this.#waiting = null;
  }

  #fail(problem: string) {
    this.#fault ??= new AgentProcessFault(problem + this.#lastWords());
    this.#waiting?.reject(this.#fault);
    this.kill();
  }

  #onClose(code: number | null, signal: NodeJS.Signals | null) {
    this.#onLine(this.#rest);
    const exit = code === null ? `was ended by ${signal}` : `exited with code ${code}`;
    const waiting = this.#waiting;
    if (this.#stopping) waiting?.reject(waiting.signal.reason);
    else if (waiting) {
      const unheard = code === 0 && this.#asked > 1 && this.#bytes === 0;
      const Fault = unheard ? NextMessageUnheard : AgentProcessFault;
      this.#fault ??= new Fault(`${exit} before it had finished${this.#lastWords()}`);
      waiting.reject(this.#fault);
    } else if (code !== 0) {
      this.#fault ??= new AgentProcessFault(`${exit} after it had finished${this.#lastWords()}`);
    }
    this.#close();
  }

  #close() {
    this.kill();
    this.#isOpen = false;
    this.#closed.resolve();
  }

  #lastWords(): string {
    const words = this.#complaint.trim().replaceAll(/\s*\n\s*/g, ' | ');
    return words === '' ? '' : `; on stderr: ${words}`;
  }
}

type ParsedLine = { success: true; data: z.infer<typeof Line> } | { success: false; problem: string };

function parseLine(text: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { success: false, problem: 'it is no JSON' };
  }
  const line = Line.safeParse(value);
  return line.success ? line : { success: false, problem: describeIssue(line.error) };
}
