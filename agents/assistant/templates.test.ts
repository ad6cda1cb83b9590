import { describe, expect, it } from 'vitest';
import { TEMPLATES } from './templates.ts';
import { isToolName, TOOLS } from './tools.ts';
import { openUserLine } from './user-line.ts';

describe('the templates', () => {
  it('name tools that there are, none all of them, and those that only read say so', () => {
    for (const { tools } of TEMPLATES) {
      expect(tools.every(isToolName)).toBe(true);
      expect(tools.length).toBeLessThan(Object.keys(TOOLS).length / 2);
    }
    const writers = TEMPLATES.filter(({ tools }) => tools.some((name) => TOOLS[name].writes));
    expect(TEMPLATES.filter((template) => !writers.includes(template)).map(({ name }) => name)).toEqual([
      'person_context',
    ]);
  });

  it('are built of tools whose names are their own', () => {
    for (const [name, tool] of Object.entries(TOOLS)) expect(tool.name).toBe(name);
  });
});

describe('a user line', () => {
  const people = (user: boolean) => {
    const waiting: string[] = [];
    const sent: object[] = [];
    return {
      waiting,
      sent,
      take: () => waiting.splice(0),
      send: (frame: object) => user && sent.push(frame) > 0,
      next: async () => 'go on' as const,
      begin: () => {},
    };
  };

  it('lets everybody who listens hear each message once, from when they began', () => {
    const channel = people(true);
    const line = openUserLine(channel);
    const early = line.listen();
    channel.waiting.push('one');
    expect(early()).toEqual(['one']);
    const late = line.listen();
    channel.waiting.push('two');
    expect([late(), early(), early(), late()]).toEqual([['two'], ['two'], [], []]);
    expect(line.heard()).toEqual(['one', 'two']);
  });

  it('says whether there was anybody to hear', () => {
    const channel = people(true);
    expect(openUserLine(channel).say('On it.')).toBe(true);
    expect(channel.sent).toEqual([{ type: 'say', text: 'On it.' }]);
    expect(openUserLine(people(false)).say('On it.')).toBe(false);
    expect(openUserLine(people(false)).listen()()).toEqual([]);
  });
});
