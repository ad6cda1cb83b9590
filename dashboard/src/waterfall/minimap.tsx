import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { TreeRow } from '../../../domain/span-tree.ts';
import type { StructureSpan } from '../../../domain/trace-structure.ts';
import { onThemeChange } from '../theme.ts';
import { barOf, type TimeAxis } from './time-axis.ts';
import { stretchBetween } from './zoom.ts';

type MinimapProps = {
  rows: readonly TreeRow<StructureSpan>[];
  whole: TimeAxis;
  view: TimeAxis;
  onView: (view: TimeAxis) => void;
};

const heightPixels = 36;
/** Shares of the width that a hand moves without meaning to draw a stretch. */
const slightest = 0.005;

/**
 * The whole trace at a glance. Drawing over it shows that stretch of time below; a click shows the whole again. Keys do
 * the same (`w s a d f 0`), so it is decoration to whoever cannot see it.
 */
export function Minimap({ rows, whole, view, onView }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState<{ from: number; to: number } | null>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = () => paint(element, rows, whole);
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    const forget = onThemeChange(draw);
    return () => {
      observer.disconnect();
      forget();
    };
  }, [rows, whole]);

  const shareOf = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - left) / width));
  };
  const finish = () => {
    if (!drawn) return;
    const { from, to } = drawn;
    onView(Math.abs(from - to) < slightest ? whole : stretchBetween(whole, from, to));
    setDrawn(null);
  };
  const shown = drawn ? stretchBetween(whole, drawn.from, drawn.to) : view;

  return (
    <div
      className="minimap"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrawn({ from: shareOf(event), to: shareOf(event) });
      }}
      onPointerMove={(event) => drawn && setDrawn({ ...drawn, to: shareOf(event) })}
      onPointerUp={finish}
      onPointerCancel={() => setDrawn(null)}
    >
      <canvas ref={canvas} style={{ height: heightPixels }} />
      <span
        className="minimap-view"
        style={{
          left: `${((shown.start - whole.start) / whole.duration) * 100}%`,
          width: `${(shown.duration / whole.duration) * 100}%`,
        }}
      />
    </div>
  );
}

function paint(canvas: HTMLCanvasElement, rows: readonly TreeRow<StructureSpan>[], whole: TimeAxis): void {
  const pixels = window.devicePixelRatio;
  const width = canvas.clientWidth * pixels;
  const height = heightPixels * pixels;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  const colours = new Map<string, string>();
  const colourOf = (token: string) => {
    const known = colours.get(token);
    if (known !== undefined) return known;
    canvas.style.color = `var(${token})`;
    const { color } = getComputedStyle(canvas);
    colours.set(token, color);
    return color;
  };
  const thick = Math.max(pixels, Math.min(4 * pixels, height / rows.length));
  rows.forEach(({ span }, index) => {
    context.fillStyle = colourOf(span.status === 'error' ? '--fail' : `--kind-${span.kind}`);
    const { left, width: share } = barOf(span, whole);
    const top = (index / rows.length) * (height - thick);
    context.fillRect(left * width, top, Math.max(pixels, share * width), thick);
  });
}
