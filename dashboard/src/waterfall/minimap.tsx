import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { TreeRow } from '../../../domain/span-tree.ts';
import type { StructureSpan } from '../../../domain/trace-structure.ts';
import { onThemeChange } from '../theme.ts';
import { rasterOf, runsOf, TONES } from './minimap-raster.ts';
import type { TimeAxis } from './time-axis.ts';
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
    // It draws at once, too: whoever begins to observe is told of the size.
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
  const dot = Math.max(1, Math.round(window.devicePixelRatio));
  const width = Math.round(canvas.clientWidth * window.devicePixelRatio);
  const height = Math.round(heightPixels * window.devicePixelRatio);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context || width < dot) return;
  const colours = TONES.map((tone) => {
    canvas.style.color = `var(${tone === 'error' ? '--fail' : `--kind-${tone}`})`;
    return getComputedStyle(canvas).color;
  });
  const spans = rows.map(({ span }) => span);
  let last = 0;
  for (const { tone, x, y, length } of runsOf(rasterOf(spans, whole, { width, height, dot }), width)) {
    if (tone !== last) context.fillStyle = colours[tone] ?? '';
    last = tone;
    context.fillRect(x, y, length, 1);
  }
}
