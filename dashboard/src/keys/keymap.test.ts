import { describe, expect, it } from 'vitest';
import { COMMANDS, press } from './keymap.ts';

describe('press', () => {
  it('gives the command of each sequence of keys', () => {
    for (const { keys, command } of COMMANDS) {
      let pending: readonly string[] = [];
      let found: string | null = null;
      for (const key of keys) ({ command: found, pending } = press(pending, key));
      expect(found).toBe(command);
      expect(pending).toEqual([]);
    }
  });

  it('waits for the second key of a sequence', () => {
    expect(press([], 'g')).toEqual({ command: null, pending: ['g'] });
    expect(press(['g'], 't')).toEqual({ command: 'go-traces', pending: [] });
  });

  it('starts anew with a key that does not continue the sequence', () => {
    expect(press(['g'], 'j')).toEqual({ command: 'next-row', pending: [] });
    expect(press(['g'], 'g')).toEqual({ command: null, pending: ['g'] });
  });

  it('forgets what means nothing', () => {
    expect(press([], 'y')).toEqual({ command: null, pending: [] });
    expect(press(['g'], 'y')).toEqual({ command: null, pending: [] });
  });
});
