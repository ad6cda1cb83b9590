import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, describe, expect, it } from 'vitest';
import * as bot from '../../agents/repo-bot/index.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { createWorld, openDoor, type SimulatedModel, type World } from '../../harness/index.ts';
import { repoBot } from './pack.ts';

const exporter = new InMemorySpanExporter();
const telemetry = bot.startTelemetry({ exporter });
const door = openDoor({ passthrough: [] });
afterAll(async () => {
  door.close();
  await telemetry.shutdown();
});

const scenario = repoBot.scenarios.find(
  ({ id }) => id === 'repo-bot/feature/signed-cookie-rotation',
) as Scenario;
const [model] = repoBot.models as [SimulatedModel];

function open(served: SimulatedModel = model): World {
  const { services, fixtures } = repoBot;
  return createWorld({ spec: scenario.world, services, fixtures, seed: 'cut', model: served });
}

function run(world: World, signal: AbortSignal, extra: Record<string, string> = {}) {
  const request = { message: scenario.start.message, conversationId: 'cut' };
  return door.inside(world, (environment) => bot.run(request, { ...environment, ...extra }, signal));
}

/** The comments on the issue that the bot has written, as they stand. */
function comments({ journal }: World): string[] {
  const last = new Map(journal.map(({ key, after }) => [key, String(after?.body)]));
  return [...last.values()];
}

/** What each step adds, and what of that stays when the next has found something better. */
const ADDS = [
  /\*\*What is asked\.\*\* Rotate the secret that cookies are signed with/,
  /\*\*Words to search with\.\*\* `rotate secret`/,
  /\*\*Files found by search, not ranked yet\*\*[\s\S]*`dist\/utils\/cookie\.js`/,
  /\*\*Files this will likely touch\*\*[\s\S]*`dist\/utils\/cookie\.js` — /,
  /\*\*Where to begin\*\*[\s\S]*`dist\/utils\/cookie\.js`: `\w*[sS]ign/,
  /\*\*How it may be done\.\*\* /,
];

describe('a run that is cut off', () => {
  it.each(ADDS.map((_, place) => place + 1))(
    'after step %i leaves what it knew, in one comment',
    async (steps) => {
      const world = open();
      const stop = new AbortController();
      world.afterEachCall(async () => {
        if (world.journal.length === steps) stop.abort(new Error('cut off'));
      });
      await run(world, stop.signal).catch((error: Error) => expect(error.message).toMatch(/cut off|abort/i));
      const [comment = '', ...others] = comments(world);
      expect(others).toEqual([]);
      expect(comment).toMatch(ADDS[steps - 1] ?? /never/);
      expect(comment).toContain('What is asked');
      if (steps < ADDS.length) expect(comment).toContain(`has done ${steps} of its 6 steps`);
      for (const later of ADDS.slice(steps)) expect(comment).not.toMatch(later);
    },
  );
});

const FORMS = ['write_hypotheses', 'rank_files', 'note_places', 'write_report'] as const;
const STEPS_BEFORE = { write_hypotheses: 1, rank_files: 3, note_places: 4, write_report: 5 };

describe('a run whose model gives up', () => {
  it.each(FORMS)('at %s says so, and leaves what it knew', async (form) => {
    const world = open({
      ...model,
      move: (request, random) =>
        request.tools[0] === form ? { text: 'I give up.' } : model.move(request, random),
    });
    const { said, finished } = await run(world, new AbortController().signal);
    expect(finished).toBe(false);
    expect(said[0]).toMatch(new RegExp(`no further on #112: the model did not answer with ${form}`));
    expect(comments(world)).toEqual([expect.stringMatching(ADDS[STEPS_BEFORE[form] - 1] ?? /never/)]);
  });

  it('before it has understood the issue writes nothing', async () => {
    const world = open({ ...model, move: () => ({ text: 'I give up.' }) });
    const { said, finished } = await run(world, new AbortController().signal);
    expect(finished).toBe(false);
    expect(said[0]).toMatch(/did not answer with judge_request/);
    expect(world.journal).toEqual([]);
  });
});

describe('the sources of the search', () => {
  it('are switched off by variables, and done without where there is no index', async () => {
    const without = open();
    const off = { REPO_BOT_HYDE: 'off', REPO_BOT_QUESTIONS: 'off', REPO_BOT_WHERE: 'off' };
    await run(without, new AbortController().signal, off);
    expect(without.calls.filter(({ operation }) => operation === 'search.code')).toEqual([]);
    expect(comments(without)[0]).toContain('`dist/utils/cookie.js`');

    const unindexed = open();
    await run(unindexed, new AbortController().signal, { REPO_BOT_INDEXES: '/nowhere' });
    expect(comments(unindexed)[0]).toContain('There is no index of this repository');
    expect(comments(unindexed)[0]).toMatch(/`dist\/\S+\.js`/);
  });
});

describe('its trace', () => {
  it('shows the plan: each step with the calls it made, the retrieval, and which model did what', async () => {
    await bot.flush();
    exporter.reset();
    await run(open(), new AbortController().signal);
    await bot.flush();
    const spans = exporter.getFinishedSpans();
    const nameOf = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
    const under = (parent: string) =>
      spans
        .filter(({ parentSpanContext }) => nameOf.get(parentSpanContext?.spanId ?? '') === parent)
        .sort((a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1])
        .map(({ name }) => name);
    expect(under('invoke_agent repo-bot')).toEqual([
      'step understand',
      'step write queries',
      'step search',
      'step rank',
      'step read',
      'step report',
    ]);
    expect(under('step write queries')).toEqual(['chat sim/repo-bot-small', 'execute_tool update_comment']);
    expect(under('step rank')).toEqual(['chat sim/repo-bot', 'execute_tool update_comment']);
    expect(under('step search')).toContain('retrieval index');
  });
});
