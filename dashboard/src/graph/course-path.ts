import type { Course } from './layout.ts';

/** Pixels. */
export const NODE = { width: 208, height: 44, gapX: 56, gapY: 44 } as const;

export type Corner = { x: number; y: number };

/** The upper left corner of a place. */
export function cornerOf({ row, column }: { row: number; column: number }): Corner {
  return { x: column * (NODE.width + NODE.gapX), y: row * (NODE.height + NODE.gapY) };
}

/** The line of an edge, and where its count stands. */
export function coursePath(course: Course, from: Corner, to: Corner): { path: string; label: Corner } {
  const { width, height, gapX } = NODE;
  if (course === 'down') {
    const start = { x: from.x + width / 2, y: from.y + height };
    const end = { x: to.x + width / 2, y: to.y };
    const middle = (start.y + end.y) / 2;
    return {
      path: `M${start.x},${start.y} C${start.x},${middle} ${end.x},${middle} ${end.x},${end.y}`,
      label: { x: (start.x + end.x) / 2, y: middle },
    };
  }
  const side = Math.max(from.x, to.x) + width;
  const [leaves, arrives] = course === 'self' ? [0.25, 0.75] : [0.5, 0.5];
  const start = { x: from.x + width, y: from.y + height * leaves };
  const end = { x: to.x + width, y: to.y + height * arrives };
  const bend = side + gapX * (course === 'self' ? 0.5 : 0.7);
  return {
    path: `M${start.x},${start.y} C${bend},${start.y} ${bend},${end.y} ${end.x},${end.y}`,
    label: { x: bend - gapX * 0.1, y: (start.y + end.y) / 2 },
  };
}
