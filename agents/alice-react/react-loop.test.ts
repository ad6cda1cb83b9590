import { describe, expect, it } from 'vitest';
import { independentGroups } from '../genai/react-loop.ts';
import { TOOLS } from './tools.ts';

describe('independentGroups', () => {
  it('runs neighbouring readers side by side and each writer alone, in order', () => {
    const names = ['get_contact', 'list_inbox', 'send_mail', 'send_mail', 'nonsense', 'list_events'];
    const calls = names.map((name, index) => ({ id: String(index), name, arguments: '{}' }));
    expect(independentGroups({ tools: TOOLS }, calls).map((group) => group.map(({ id }) => id))).toEqual([
      ['0', '1'],
      ['2'],
      ['3'],
      ['4', '5'],
    ]);
  });
});
