import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** A run in a process of its own: a test runner catches stray errors itself. */
async function inProcessOfItsOwn(...statements: string[]) {
  const program = `
    import { driveAgent } from ${JSON.stringify(import.meta.resolve('./drive-agent.ts'))};
    import { createMeter } from ${JSON.stringify(import.meta.resolve('./trial-meter.ts'))};
    import { createWorld } from ${JSON.stringify(import.meta.resolve('../world/world.ts'))};
    import { crm } from ${JSON.stringify(import.meta.resolve('../world/services/crm.ts'))};
    import { defineScenario } from ${JSON.stringify(import.meta.resolve('../scenario/define-scenario.ts'))};
    import { inAgentScope, watchStrayErrors } from ${JSON.stringify(import.meta.resolve('./agent-scope.ts'))};
    ${statements.join('\n')}
  `;
  const args = ['--input-type=module', '--eval', program];
  return promisify(execFile)(process.execPath, args).then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, out: stdout }),
  );
}

const watched = 'const unwatch = watchStrayErrors();';
const agents = [
  'const agent = (name, work) => inAgentScope((error) => console.log(name, error.message), work);',
  "agent('a', async () => { void Promise.reject(new Error('nobody awaits')); });",
  "agent('b', () => setTimeout(() => { throw new Error('in a timer'); }, 5));",
];

describe('the watch over stray errors', () => {
  it('tells each agent its own, and the process lives', async () => {
    const end = "setTimeout(() => { unwatch(); console.log('alive'); }, 50);";
    expect(await inProcessOfItsOwn(watched, ...agents, end)).toEqual({
      code: 0,
      out: 'a nobody awaits\nb in a timer\nalive\n',
    });
  });

  it('crashes the trial whose agent let go of it', async () => {
    const drive = [
      'const spec = { now: "2026-03-02T09:00:00Z", services: ["crm"] };',
      'const about = { id: "a/b", title: "a", world: spec, start: { message: "Go." }, expect: {} };',
      'const scenario = defineScenario(about);',
      'const world = createWorld({ spec: scenario.world, services: [crm], fixtures: {}, seed: "s" });',
      'const meter = createMeter(scenario.limits);',
      'const stage = { world, meter, mailbox: null, speaker: null, attemptId: "1", graceMillis: 10 };',
      'const run = async () => { setTimeout(() => { throw new TypeError("lost"); }, 5); await new Promise(() => {}); };',
      'const plan = { id: "t", seed: "s", scenario };',
      'const deps = { ...stage, agent: { run }, environment: {}, run: { id: "r" } };',
      'const { ending } = await driveAgent(deps, plan, new AbortController().signal);',
      'console.log(ending.kind, ending.explanation);',
    ];
    expect(await inProcessOfItsOwn(watched, ...drive)).toEqual({
      code: 0,
      out: 'crashed not handled by the agent: TypeError: lost\n',
    });
  });

  it('leaves all others as they are: they end the process', async () => {
    const other =
      "setTimeout(() => { throw new Error('ours'); }, 5); setTimeout(() => console.log('alive'), 50);";
    for (const watch of [watched, 'watchStrayErrors()();']) {
      const { code, out } = await inProcessOfItsOwn(watch, other);
      expect(code).toBeGreaterThan(0);
      expect(out).toBe('');
    }
  });
});
