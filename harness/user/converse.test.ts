import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket as WsClient } from 'ws';
import { z } from 'zod';
import { Run } from '../../domain/run.ts';
import type { ScenarioInput } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import { micros } from '../../domain/units.ts';
import { inProcess } from '../drivers/in-process.ts';
import type { ModelLine, RealModel } from '../model/real-model.ts';
import type { Pack } from '../pack.ts';
import { type RunTrialsOptions, runTrials } from '../runner/run-trials.ts';
import { defineScenario } from '../scenario/define-scenario.ts';
import { insert } from '../scenario/effects.ts';
import { notes, post, twoNotes } from '../world/example-services.ts';
import { openDoor } from '../world/msw-door.ts';

const door = openDoor({ passthrough: [] });
afterAll(() => door.close());

const Message = z.object({ type: z.literal('message'), text: z.string(), at: z.iso.datetime() });
type Ears = { heard: string[]; tell(text: string): void; close(): void };

/** How an agent in this process may hear its user. */
const ears = {
  async browser(url: string): Promise<Ears> {
    const socket = new WebSocket(url);
    const heard: string[] = [];
    socket.addEventListener('message', ({ data }) => heard.push(Message.parse(JSON.parse(data)).text));
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    const tell = (text: string) => socket.send(JSON.stringify({ type: 'say', text }));
    return { heard, tell, close: () => socket.close() };
  },
  async ws(url: string): Promise<Ears> {
    const socket = new WsClient(url);
    const heard: string[] = [];
    socket.on('message', (data) => heard.push(Message.parse(JSON.parse(String(data))).text));
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    const tell = (text: string) => socket.send(JSON.stringify({ type: 'say', text }));
    return { heard, tell, close: () => socket.close() };
  },
};

/** Writes a note, then a letter: to Ann, or to whom it last heard a letter should go. Answers with what it was told. */
function clerk(listen: ((url: string) => Promise<Ears>) | 'polls' | 'is deaf') {
  return inProcess({
    name: 'clerk',
    version: '1',
    async run({ message }, { NOTES_URL, POST_URL, USER_URL = '' }) {
      if (message.startsWith('Thanks')) return { said: ['Bye.'], finished: true };
      if (message === 'Who?') return { said: ['Whom shall I write to?'], finished: true };
      const ear = typeof listen === 'function' ? await listen(USER_URL) : null;
      ear?.tell('I am on it.');
      for (const text of ['one', 'two', 'three']) {
        await fetch(`${NOTES_URL}/items`, { method: 'POST', body: JSON.stringify({ text }) });
      }
      const heard = ear?.heard ?? (listen === 'polls' ? await poll(USER_URL) : []);
      const to = /to (\w+)/.exec([message, ...heard].at(-1) ?? '')?.[1] ?? 'Ann';
      await fetch(`${POST_URL}/letters`, { method: 'POST', body: JSON.stringify({ to }) });
      ear?.close();
      return { said: [`Wrote to ${to}.`], finished: true };
    },
    async flush() {},
  });
}

async function poll(url: string): Promise<string[]> {
  const answer = await fetch(`${url.replace('ws:', 'http:')}/messages`);
  const { messages } = z.object({ messages: z.array(Message) }).parse(await answer.json());
  return messages.map(({ text }) => text);
}

const pack: Pack = {
  name: 'desk',
  scenarios: [],
  services: [notes, post],
  fixtures: { two: twoNotes },
  models: [],
};

type UserInput = NonNullable<ScenarioInput['user']>;

function situation(user: UserInput, message = 'Write to Ann.', to = 'Bob') {
  return defineScenario({
    id: 'desk/letter',
    title: 'A letter',
    world: { now: '2026-03-02T09:00:00Z', services: ['notes', 'post'], fixtures: ['two'] },
    start: { message },
    user,
    expect: { effects: [insert('post.outbox', { to })], allow: ['notes.*'] },
  });
}

async function play(
  agent: RunTrialsOptions['agent'],
  scenario: ReturnType<typeof situation>,
  change: Partial<RunTrialsOptions> = {},
): Promise<Trial[]> {
  const trials: Trial[] = [];
  await runTrials({
    pack,
    scenarios: [scenario],
    agent,
    model: null,
    run: Run.parse({
      id: 'run-1',
      pack: 'desk',
      agent: 'clerk',
      agentVersion: '1',
      model: '',
      simulated: true,
      replayed: false,
      seed: 'seven',
      commit: null,
      trialsPlanned: 0,
      start: 0,
      end: null,
      verdict: null,
    }),
    trialsPerScenario: 1,
    concurrency: 16,
    door,
    spans: null,
    signal: new AbortController().signal,
    onTrial: (trial) => void trials.push(trial),
    ...change,
  });
  return trials.sort((a, b) => a.index - b.index);
}

const playOne = async (...game: Parameters<typeof play>) => {
  const [trial] = await play(...game);
  if (!trial) throw new Error('expected a trial');
  return trial;
};

const secondNote = {
  on: 'call' as const,
  service: 'notes',
  operation: 'items.create',
  request: { text: { is: 'exact' as const, value: 'two' } },
};
const changesMind: UserInput = {
  kind: 'script',
  turns: [{ when: secondNote, say: 'Write to Bob instead.' }],
};
const words = ({ turns }: Trial) =>
  turns.map(({ from, text, midRun }) => `${from}${midRun ? '*' : ''}: ${text}`);

describe('a user who speaks while the agent works', () => {
  it.each([
    ['the WebSocket of Node', clerk(ears.browser), ['agent*: I am on it.']],
    ['the ws package', clerk(ears.ws), ['agent*: I am on it.']],
    ['polling', clerk('polls'), []],
  ])('is heard over %s', async (_, agent, reports) => {
    const trial = await playOne(agent, situation(changesMind));
    expect(trial.outcome).toEqual({ kind: 'passed' });
    expect(words(trial)).toEqual([
      'user: Write to Ann.',
      ...reports,
      'user*: Write to Bob instead.',
      'agent: Wrote to Bob.',
    ]);
    const feedback = trial.turns.find(({ from, midRun }) => from === 'user' && midRun);
    expect(feedback?.heard).toBe(true);
    // It was said when the second of four calls was answered.
    expect(trial.calls.map(({ at }) => at > (feedback?.at ?? 0))).toEqual([false, false, false, true]);
    expect(feedback?.at).toBeLessThanOrEqual(trial.calls[2]?.at ?? 0);
  });

  it('is not heard by an agent that ignores it, which fails', async () => {
    const trial = await playOne(clerk('is deaf'), situation(changesMind));
    expect(trial.outcome).toMatchObject({ kind: 'failed', failure: 'harm' });
    expect(trial.turns[1]).toMatchObject({ from: 'user', midRun: true, heard: false });
  });

  it('says the same at the same moments at concurrency 1 and 16', async () => {
    const records = [1, 16].map(async (concurrency) => {
      const trials = await play(clerk(ears.browser), situation(changesMind), {
        concurrency,
        trialsPerScenario: 32,
      });
      return trials.map(({ turns, journal, calls, outcome }) => ({ turns, journal, calls, outcome }));
    });
    const [alone, crowded] = await Promise.all(records);
    expect(crowded).toEqual(alone);
    expect(alone?.every(({ outcome }) => outcome.kind === 'passed')).toBe(true);
  });
});

describe('a user who speaks when the agent has answered', () => {
  it('goes on with the next message until the script is said', async () => {
    const user: UserInput = {
      kind: 'script',
      turns: [
        { when: { on: 'asks', pattern: 'whom' }, say: 'Write to Bob.' },
        { when: { on: 'time', seconds: 3600 }, say: 'Thanks a lot.' },
      ],
    };
    const trial = await playOne(clerk('is deaf'), situation(user, 'Who?'));
    expect(words(trial)).toEqual([
      'user: Who?',
      'agent: Whom shall I write to?',
      'user: Write to Bob.',
      'agent: Wrote to Bob.',
      'user: Thanks a lot.',
      'agent: Bye.',
    ]);
    expect(trial.turns[4]?.at).toBe(Date.parse('2026-03-02T10:00:00Z') * 1000);
    expect(trial.outcome.kind).toBe('passed');
  });

  it('stops as soon as its end has come', async () => {
    const reply = { on: 'reply' as const };
    const user: UserInput = {
      kind: 'script',
      turns: [
        { when: reply, say: 'Write to Bob.' },
        { when: reply, say: 'Write to Cid too.' },
      ],
      until: { on: 'effect', effect: insert('post.outbox', { to: 'Bob' }) },
    };
    const trial = await playOne(clerk('is deaf'), situation(user, 'Who?'));
    expect(words(trial).at(-1)).toBe('agent: Wrote to Bob.');
    expect(trial.outcome.kind).toBe('passed');
  });

  const machine = (rules: object[], maxTurns = 10): UserInput => ({
    kind: 'machine',
    start: 'calls',
    states: { calls: { rules }, done: { rules: [] } } as never,
    maxTurns,
  });

  it('goes from state to state as a machine, to its end', async () => {
    const asked = { when: { on: 'asks' }, say: 'Write to Bob.', to: 'calls' };
    const wrote = { when: { on: 'said', pattern: 'wrote to bob' }, to: 'done' };
    const trial = await playOne(clerk('is deaf'), situation(machine([asked, wrote]), 'Who?'));
    expect(words(trial).slice(2)).toEqual(['user: Write to Bob.', 'agent: Wrote to Bob.']);
    expect(trial.outcome.kind).toBe('passed');
  });

  it('speaks no more often than it may', async () => {
    const again = { when: { on: 'reply' }, say: 'Who?', to: 'calls' };
    const trial = await playOne(clerk('is deaf'), situation(machine([again], 3), 'Who?'));
    expect(trial.turns.filter(({ from }) => from === 'user')).toHaveLength(4);
    expect(trial.outcome).toMatchObject({ kind: 'failed', failure: 'missed' });
  });

  it.each([
    [{ when: { on: 'asks' }, say: 'Write to Bob.', to: 'calls' }, /state "calls" no rule holds/],
    [{ when: { on: 'time', seconds: 0 }, to: 'calls' }, /goes in circles/],
  ])('voids the trial where it is itself at fault', async (rule, why) => {
    const trial = await playOne(clerk('is deaf'), situation(machine([rule]), 'Write to Bob.'));
    expect(trial.outcome).toMatchObject({
      kind: 'void',
      cause: 'user-simulator',
      explanation: expect.stringMatching(why),
    });
  });

  describe('played by a model', () => {
    const persona: UserInput = { kind: 'model', persona: 'Eve, in a hurry.', goal: 'A letter to Bob.' };
    const answers = (...texts: string[]) => {
      const asked: unknown[] = [];
      const line: ModelLine = {
        name: 'gpt-4.1-mini',
        provider: 'fake',
        async ask({ text }) {
          asked.push(JSON.parse(text));
          const content = texts.shift();
          if (content === undefined) throw new Error('no more answers');
          const body = JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] });
          const headers = { 'content-type': 'application/json' };
          return { kind: 'replay', status: 200, headers, chunks: [{ at: micros(0), text: body }] };
        },
      };
      const userModel: RealModel = { ...line, forTrial: () => line };
      return { asked, userModel };
    };

    it('says what the model says until it takes its leave', async () => {
      const { asked, userModel } = answers('Write to Bob.', '[goodbye]');
      const trial = await playOne(clerk('is deaf'), situation(persona, 'Who?'), { userModel });
      expect(words(trial).slice(2)).toEqual(['user: Write to Bob.', 'agent: Wrote to Bob.']);
      expect(asked[1]).toMatchObject({
        model: 'gpt-4.1-mini',
        messages: [
          { role: 'system', content: expect.stringContaining('Eve, in a hurry.') },
          { role: 'assistant', content: 'Who?' },
          { role: 'user', content: 'Whom shall I write to?' },
          { role: 'assistant', content: 'Write to Bob.' },
          { role: 'user', content: 'Wrote to Bob.' },
        ],
      });
      expect([trial.outcome.kind, trial.figures.modelCalls]).toEqual(['passed', null]);
    });

    it('voids the trial where the model fails, and does not start without one', async () => {
      const trial = await playOne(clerk('is deaf'), situation(persona, 'Who?'), answers('', '', ''));
      expect(trial.outcome).toMatchObject({
        kind: 'void',
        cause: 'user-simulator',
        explanation: expect.stringMatching(/plays the user failed: expected a message/),
      });
      await expect(play(clerk('is deaf'), situation(persona))).rejects.toMatchObject({
        code: 'UNKNOWN_MODEL',
      });
    });
  });

  it('is refused where a rule leads nowhere', () => {
    const lost = machine([{ when: { on: 'reply' }, to: 'nowhere' }]);
    expect(() => situation(lost)).toThrow(
      /user\.states\.calls\.rules\.?\[?0\]?\.to.*expected a state, one of calls, done, got "nowhere"/,
    );
  });
});
