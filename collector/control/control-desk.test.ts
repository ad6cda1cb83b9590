import { describe, expect, it } from 'vitest';
import type { CommandRequest, ControlFrame } from '../../domain/control.ts';
import { awayMilliseconds, createControlDesk } from './control-desk.ts';
import { type ControlNews, MOST_COMMANDS } from './controlled-session.ts';

const session = 'session-1';

/** A desk under a clock of its own, and agents that are nothing but what was sent to them. */
function open() {
  let now = 1_000_000;
  const news: ControlNews[] = [];
  const desk = createControlDesk({ now: () => now, onNews: (one) => news.push(one) });
  const connect = ({ keepsUp = true } = {}) => {
    const frames: ControlFrame[] = [];
    const closed: [number, string][] = [];
    const { onFrame, onClose } = desk.connect({
      send: (frame) => keepsUp && frames.push(frame) > 0,
      close: (code, reason) => closed.push([code, reason]),
    });
    const say = (frame: object) => onFrame(JSON.stringify(frame));
    return { frames, closed, say, onFrame, leave: onClose };
  };
  const hello = { type: 'hello', session, agent: 'browser', version: '1.0.0', trace: 'a'.repeat(32) };
  return {
    desk,
    connect,
    hello,
    /** An agent that has said who it is. */
    agent: (options?: { keepsUp?: boolean }) => {
      const line = connect(options);
      line.say(hello);
      return line;
    },
    ask: (request: CommandRequest, by: string | null = null) => desk.command(session, request, by),
    /** What was told of commands so far. */
    told: () => news.map(({ command }) => `${command.command} ${command.state}`),
    askers: () => news.map(({ command }) => command.by),
    wait: (milliseconds: number) => {
      now += milliseconds;
      desk.sweep();
    },
  };
}

describe('a control desk', () => {
  it('sends a command, follows it to its end, and tells each state once', () => {
    const { agent, ask, told, desk } = open();
    const { frames, say } = agent();
    const { id, state } = ask({ command: 'pause' });
    expect(state).toBe('sent');
    expect(frames).toEqual([{ type: 'command', id, command: 'pause', at: '1970-01-01T00:16:40.000Z' }]);
    for (const reached of ['accepted', 'accepted', 'done', 'refused', 'accepted']) {
      say({ type: 'ack', id, state: reached });
    }
    expect(told()).toEqual(['pause sent', 'pause accepted', 'pause done']);
    expect(desk.agents()).toMatchObject([
      { session, agent: 'browser', traceId: 'a'.repeat(32), paused: true, connection: 'connected' },
    ]);
  });

  it('notes who asked in each state, and does not tell the agent', () => {
    const { agent, ask, askers, desk } = open();
    const { frames, say } = agent();
    const { id } = ask({ command: 'stop' }, 'person:ann@example.com');
    say({ type: 'ack', id, state: 'done' });
    expect(askers()).toEqual(['person:ann@example.com', 'person:ann@example.com']);
    expect(desk.agents()[0]?.commands).toMatchObject([{ by: 'person:ann@example.com' }]);
    expect(JSON.stringify(frames)).not.toContain('ann');
  });

  it('speaks to an agent as a rehearsed user does', () => {
    const { agent, ask, desk } = open();
    const { frames, say } = agent();
    const { id } = ask({ command: 'feedback', text: 'I meant Lee.' });
    expect(frames).toMatchObject([{ type: 'message', id, text: 'I meant Lee.' }]);
    say({ type: 'say', text: 'On it.' });
    say({ type: 'delta', text: 'On' });
    expect(desk.agents()[0]?.said).toBe('On it.');
  });

  it('sends what waits when an agent comes back, under the same id, and the rest no more', () => {
    const { agent, ask, told } = open();
    const first = agent();
    const done = ask({ command: 'feedback', text: 'Faster.' });
    first.say({ type: 'ack', id: done.id, state: 'done' });
    const sent = ask({ command: 'pause' });
    first.leave();
    const waiting = ask({ command: 'stop' });
    expect(waiting.state).toBe('waiting');
    const second = agent();
    expect(second.frames.map((frame) => 'id' in frame && frame.id)).toEqual([sent.id, waiting.id]);
    expect(told().slice(-2)).toEqual(['stop waiting', 'stop sent']);
  });

  it('closes the connection that another one of the same session takes the place of', () => {
    const { agent, desk } = open();
    const [first, second] = [agent(), agent()];
    expect(first.closed).toEqual([[4000, 'this session has connected anew']]);
    first.leave();
    expect(desk.agents()[0]?.connection).toBe('connected');
    second.leave();
    expect(desk.agents()[0]?.connection).toBe('away');
  });

  it('gives up commands of an agent that stays away, and forgets it', () => {
    const { agent, ask, told, wait, desk, connect, hello } = open();
    const { leave } = agent();
    ask({ command: 'stop' });
    leave();
    wait(awayMilliseconds);
    expect(told()).toEqual(['stop sent']);
    wait(1);
    expect(told()).toEqual(['stop sent', 'stop lost']);
    expect(desk.agents()).toMatchObject([
      { connection: 'over', commands: [{ state: 'lost', reason: 'the agent was not seen for 60 s' }] },
    ]);
    expect(() => ask({ command: 'stop' })).toThrow('the work of browser is over');
    const again = connect();
    again.say({ ...hello, paused: true });
    expect([desk.agents()[0]?.connection, desk.agents()[0]?.paused, again.frames]).toEqual([
      'connected',
      true,
      [],
    ]);
    again.leave();
    wait(awayMilliseconds + 1);
    wait(60_001);
    expect(desk.agents()).toEqual([]);
    expect(() => ask({ command: 'stop' })).toThrow('no agent has connected as session-1');
  });

  it('loses what an agent has not done when it says goodbye', () => {
    const { agent, ask, told, connect, hello } = open();
    const { say } = agent();
    ask({ command: 'override', text: 'Do something else.' });
    say({ type: 'bye' });
    expect(told()).toEqual(['override sent', 'override lost']);
    const again = connect();
    again.say(hello);
    expect(again.frames).toEqual([{ type: 'error', message: 'hello: the session session-1 is over' }]);
  });

  it('takes the same command once, by its id or while it is pending', () => {
    const { agent, ask } = open();
    const { frames, say } = agent();
    const id = 'made-up-1';
    expect(ask({ command: 'pause', id })).toEqual(ask({ command: 'pause', id }));
    expect(frames).toHaveLength(1);
    expect(() => ask({ command: 'pause' })).toThrow(
      'has been asked to pause and has not done it yet: made-up-1',
    );
    say({ type: 'ack', id, state: 'done' });
    expect(ask({ command: 'pause' }).id).not.toBe(id);
  });

  it('holds a bounded number of commands, those that are not done first', () => {
    const { agent, ask, desk } = open();
    const { say } = agent();
    const { id } = ask({ command: 'feedback', text: 'The first.' });
    say({ type: 'ack', id, state: 'done' });
    for (let number = 0; number < MOST_COMMANDS; number++)
      ask({ command: 'feedback', text: `Word ${number}` });
    expect(desk.agents()[0]?.commands).toHaveLength(MOST_COMMANDS);
    expect(() => ask({ command: 'pause' })).toThrow('has not dealt with 50 commands yet');
  });

  it('cuts off an agent that does not read, and keeps the command for when it comes back', () => {
    const { agent, ask, told } = open();
    const { closed } = agent({ keepsUp: false });
    expect(ask({ command: 'pause' }).state).toBe('waiting');
    expect(closed[0]?.[0]).toBe(1013);
    const { frames } = agent();
    expect(frames).toHaveLength(1);
    expect(told()).toEqual(['pause waiting', 'pause sent']);
  });

  it.each([
    ['no JSON', 'pause!'],
    ['no hello', '{"type":"say","text":"hi"}'],
    ['a hello of nobody', '{"type":"hello","session":"session-1"}'],
    ['a session that is no id', '{"type":"hello","session":"../..","agent":"a"}'],
    [
      'a trace that is none',
      `{"type":"hello","session":"session-1","agent":"a","trace":"${'0'.repeat(32)}"}`,
    ],
  ])('tells a stranger what is wrong and lets go: %s', (_, text) => {
    const { connect, desk } = open();
    const { frames, closed, onFrame } = connect();
    onFrame(text);
    expect([frames.map(({ type }) => type), closed.map(([code]) => code)]).toEqual([['error'], [1008]]);
    expect(desk.agents()).toEqual([]);
  });

  it('keeps an agent that says what is not understood', () => {
    const { agent, desk, hello } = open();
    const { say, frames, closed } = agent();
    say({ type: 'of a later version' });
    say({ type: 'ack', id: 'never-sent', state: 'done' });
    say({ ...hello, session: 'session-2' });
    expect(frames.map(({ type }) => type)).toEqual(['error', 'error']);
    expect(closed).toEqual([]);
    expect(desk.agents()).toHaveLength(1);
    say({ ...hello, trace: 'b'.repeat(32) });
    expect(desk.agents()[0]?.traceId).toBe('b'.repeat(32));
  });
});
