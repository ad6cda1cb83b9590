import { expect, it } from 'vitest';
import { spanAt } from './span-at.ts';

it('finds what was at work at a moment', () => {
  const [root, chat, tool] = [
    { start: 10, duration: 90 },
    { start: 10, duration: 20 },
    { start: 40, duration: 10 },
  ];
  const spans = [root, chat, tool];
  expect(spanAt(spans, 15)).toBe(chat);
  expect(spanAt(spans, 35)).toBe(root);
  expect(spanAt(spans, 45)).toBe(tool);
  expect(spanAt(spans, 200)).toBe(tool);
  expect(spanAt(spans, 1)).toBe(root);
  expect(spanAt([], 1)).toBeNull();
});
