import { describe, expect, it } from 'vitest';
import { createMemory } from './memory.ts';

const said = (content: string) => [{ role: 'user' as const, content }];

describe('createMemory', () => {
  it('keeps each conversation by itself, until it is forgotten', () => {
    const memory = createMemory();
    memory.keep('a', said('one'));
    memory.keep('a', said('two'));
    expect(memory.of('a')).toEqual(said('two'));
    expect(memory.of('b')).toEqual([]);
    memory.forget('a');
    expect(memory.of('a')).toEqual([]);
  });

  it('lets go of the conversation that was left for longest', () => {
    const memory = createMemory(2);
    for (const id of ['a', 'b', 'a', 'c']) memory.keep(id, said(id));
    expect(memory.of('a')).toEqual(said('a'));
    expect(memory.of('b')).toEqual([]);
  });
});
