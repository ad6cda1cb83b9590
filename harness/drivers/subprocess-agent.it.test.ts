import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { subprocessAgent } from './subprocess-agent.ts';

const folder = mkdtempSync(join(tmpdir(), 'rehearse-subprocess-'));
afterAll(() => rmSync(folder, { recursive: true }));

const never = new AbortController().signal;
const request = { message: 'Go.', conversationId: 'c1' };
let files = 0;

/** An agent of a few lines of JavaScript that can `hear` messages and `say` lines. */
function agentOf(...lines: string[]) {
  const file = join(folder, `agent-${files++}.mjs`);
  const tools = `import { createInterface } from 'node:readline';
    let messages;
    const hear = async () => {
      messages ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
      const { value, done } = await messages.next();
      return done ? null : JSON.parse(value);
    };
    const say = (line) => console.log(JSON.stringify(line));`;
  writeFileSync(file, [tools, ...lines].join('\n'));
  return subprocessAgent({ command: `"${process.execPath}" "${file}"`, name: 'script', version: '1' });
}

function run(agent: ReturnType<typeof agentOf>, environment = {}, signal = never) {
  return agent.run(request, environment, signal);
}

/** The processes whose command line has a mark in it. */
function alive(mark: string): string[] {
  return execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((args) => args.includes(mark));
}

describe('an agent that is a command', () => {
  it('is given its message and its environment, and says what it says line by line', async () => {
    const agent = agentOf(
      'const { message, conversationId } = await hear();',
      'say({ said: message + " in " + conversationId });',
      'say({ said: process.env.CRM_URL });',
      'say({ finished: true });',
      'process.exit(0);',
    );
    expect(await run(agent, { CRM_URL: 'http://crm' })).toEqual({
      said: ['Go. in c1', 'http://crm'],
      finished: true,
    });
    await agent.endConversation?.('c1');
  });

  it('may speak and finish in one line, the last without an end, and say that a limit cut it short', async () => {
    const agent = agentOf('process.stdout.write(JSON.stringify({ said: "a", finished: false }));');
    expect(await run(agent)).toEqual({ said: ['a'], finished: false });
    await agent.endConversation?.('c1');
  });

  it('hears the next message of its conversation in the same process, and the end of it', async () => {
    const agent = agentOf(
      'let number = 0;',
      'for (let heard = await hear(); heard; heard = await hear())',
      '  say({ said: ++number + " " + heard.message, finished: true });',
      'process.exit(3);',
    );
    expect((await run(agent)).said).toEqual(['1 Go.']);
    const next = { message: 'On.', conversationId: 'c1' };
    expect((await agent.run(next, {}, never)).said).toEqual(['2 On.']);
    const other = { message: 'Hi.', conversationId: 'c2' };
    expect((await agent.run(other, {}, never)).said).toEqual(['1 Hi.']);
    for (const id of ['c1', 'c2'])
      await expect(agent.endConversation?.(id)).rejects.toThrow('exited with code 3 after it had finished');
  });

  it('is started anew for the next message where it exits after each', async () => {
    const agent = agentOf(
      'const { message } = await hear();',
      'say({ said: message });',
      'process.stdout.write(JSON.stringify({ finished: true }) + "\\n", () => process.exit(0));',
    );
    for (let turn = 0; turn < 5; turn++) expect((await run(agent)).said).toEqual(['Go.']);
    await agent.endConversation?.('c1');
  });

  it('has the ids of its trial beside the resource attributes of the shell', async () => {
    const before = process.env.OTEL_RESOURCE_ATTRIBUTES;
    process.env.OTEL_RESOURCE_ATTRIBUTES = 'service.name=mine';
    const agent = agentOf('say({ said: process.env.OTEL_RESOURCE_ATTRIBUTES, finished: true });');
    const { said } = await run(agent, { OTEL_RESOURCE_ATTRIBUTES: 'rehearse.trial.id=t1' });
    expect(said).toEqual(['service.name=mine,rehearse.trial.id=t1']);
    await agent.endConversation?.('c1');
    if (before === undefined) delete process.env.OTEL_RESOURCE_ATTRIBUTES;
    else process.env.OTEL_RESOURCE_ATTRIBUTES = before;
  });
});

describe('what a command may do instead of answering has a reason:', () => {
  it('it crashes', async () => {
    const agent = agentOf('say({ said: "so far" });', 'throw new TypeError("no such tool");');
    await expect(run(agent)).rejects.toThrow(
      /^exited with code 1 before it had finished; on stderr: [\s\S]*no such tool/,
    );
  });

  it('it is ended by a signal', async () => {
    await expect(run(agentOf('process.kill(process.pid, "SIGSEGV");'))).rejects.toThrow(
      // A shell that has become its command, or one that tells of it.
      /^(was ended by SIGSEGV|exited with code 139) before it had finished/,
    );
  });

  it('it exits early', async () => {
    await expect(run(agentOf('say({ said: "bye" });'))).rejects.toThrow(
      /^exited with code 0 before it had finished$/,
    );
  });

  it('it is not there', async () => {
    const agent = subprocessAgent({ command: 'no-such-agent --now', name: 'none', version: '1' });
    await expect(run(agent)).rejects.toThrow(
      /^exited with code 127 before it had finished; on stderr: .*no-such-agent.*not found/,
    );
  });

  it.each([
    ['console.log("Loading...");', /got "Loading\.\.\.": it is no JSON/],
    ['say({ text: "hello" });', /got .*hello.*: it has neither/],
    ['say({ said: ["hello"] });', /got .*hello.*: said: .*expected string/],
    ['say([]);', /expected object/],
    ['process.stdout.write(Buffer.from([0xff, 0xfe, 0x0a]));', /it is no JSON/],
  ])('it prints rubbish: %s', async (line, reason) => {
    const agent = agentOf(line, 'say({ finished: true }); setInterval(() => {}, 1000);');
    await expect(run(agent)).rejects.toThrow(reason);
  });

  it.each([
    ['in one line', 'for (;;) if (!process.stdout.write("x".repeat(65536))) await hearDrain();'],
    [
      'in many answers',
      'for (;;) if (!process.stdout.write(JSON.stringify({ said: "y".repeat(60000) }) + "\\n")) await hearDrain();',
    ],
  ])('it floods, %s', async (_, line) => {
    const agent = agentOf(
      'const hearDrain = () => new Promise((resolve) => process.stdout.once("drain", resolve));',
      line,
    );
    await expect(run(agent)).rejects.toThrow(/^printed more than the 4194304 bytes that an answer may have$/);
  });

  it('it speaks after it had finished', async () => {
    const agent = agentOf('say({ finished: true });', 'say({ said: "one thing more" });');
    await run(agent);
    await expect(agent.endConversation?.('c1')).rejects.toThrow(
      'spoke after it had finished: "{\\"said\\":\\"one thing more\\"}"',
    );
  });

  it('it fails after it had finished', async () => {
    const agent = agentOf('say({ finished: true });', 'console.error("no collector"); process.exitCode = 4;');
    await run(agent);
    await expect(agent.endConversation?.('c1')).rejects.toThrow(
      'exited with code 4 after it had finished; on stderr: no collector',
    );
  });

  it('it complains without end: the last words are kept', async () => {
    const agent = agentOf('process.stderr.write("z".repeat(1e7) + "the end", () => process.exit(2));');
    const error = await run(agent).catch((reason: Error) => reason);
    expect(String(error)).toMatch(/exited with code 2 .* on stderr: z+the end$/);
    expect(String(error).length).toBeLessThan(500);
  });
});

describe('a command that never answers', () => {
  it.each([
    ['dies of SIGTERM', '', false],
    ['uses its time', 'process.on("SIGTERM", () => { leave("sent my spans"); process.exit(); });', true],
    ['ignores SIGTERM', 'process.on("SIGTERM", () => {});', false],
  ])('is ended at the limit with what it has started, when it %s', async (_, line, leaves) => {
    const left = join(folder, `left-${files}`);
    const mark = `mark-${files}-${process.pid}`;
    const agent = agentOf(
      'import { writeFileSync } from "node:fs";',
      `const leave = (text) => writeFileSync(${JSON.stringify(left)}, text);`,
      line,
      'import { spawn } from "node:child_process";',
      `spawn("sh", ["-c", "while :; do sleep 1; done; : ${mark}"], { stdio: "inherit" });`,
      'say({ said: "ready" });',
      'setInterval(() => {}, 1000);',
    );
    const limit = new AbortController();
    const asked = run(agent, {}, limit.signal);
    while (alive(mark).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    limit.abort(new Error('the wall limit was reached'));
    await expect(asked).rejects.toThrow('the wall limit was reached');
    expect(alive(mark)).toEqual([]);
    expect(existsSync(left)).toBe(leaves);
  });

  it('does not hold its conversation up by staying alive after it', async () => {
    const agent = agentOf('say({ finished: true });', 'setInterval(() => {}, 1000);');
    await run(agent);
    await agent.endConversation?.('c1');
  }, 30_000);

  it('does not outlive a harness that exits', async () => {
    const script = join(folder, 'harness.mjs');
    const mark = `mark-harness-${process.pid}`;
    const started = join(folder, 'started');
    writeFileSync(
      script,
      `import { existsSync } from 'node:fs';
      import { subprocessAgent } from ${JSON.stringify(import.meta.resolve('./subprocess-agent.ts'))};
      const command = 'touch "${started}"; while :; do sleep 1; done; : ${mark}';
      const agent = subprocessAgent({ command, name: 'a', version: '1' });
      agent.run({ message: '', conversationId: 'c' }, {}, new AbortController().signal).catch(() => {});
      setInterval(() => { if (existsSync("${started}")) process.exit(0); }, 20);`,
    );
    execFileSync(process.execPath, [script]);
    expect(readFileSync(started, 'utf8')).toBe('');
    expect(alive(mark)).toEqual([]);
  });
});
