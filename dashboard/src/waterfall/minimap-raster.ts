import { SPAN_KINDS, type SpanKind } from '../../../domain/span-kind.ts';
import { barOf, type TimeAxis } from './time-axis.ts';

type Drawn = { start: number; duration: number; kind: SpanKind; status: string };

/** What a pixel shows; place 0 is nothing. */
export const TONES = ['none', 'error', ...SPAN_KINDS] as const;

/**
 * The spans of a trace from top to bottom over time, as a place in TONES for each pixel, row by row of pixels. Where
 * several fall on one pixel the last is shown, before all others one that failed. Each is at least `dot` pixels wide and high.
 */
export function rasterOf(
  spans: readonly Drawn[],
  whole: TimeAxis,
  { width, height, dot }: { width: number; height: number; dot: number },
): Uint8Array {
  const pixels = new Uint8Array(width * height);
  const thick = Math.max(dot, Math.min(4 * dot, Math.floor(height / spans.length)));
  const draw = (span: Drawn, index: number, tone: number) => {
    const { left, width: share } = barOf(span, whole);
    const from = Math.min(Math.round(left * width), width - dot);
    const to = Math.min(width, Math.max(from + dot, Math.round((left + share) * width)));
    const top = Math.round((index / spans.length) * (height - thick));
    for (let y = top; y < top + thick; y++) pixels.fill(tone, y * width + from, y * width + to);
  };
  spans.forEach((span, index) => {
    if (span.status !== 'error') draw(span, index, TONES.indexOf(span.kind));
  });
  spans.forEach((span, index) => {
    if (span.status === 'error') draw(span, index, TONES.indexOf('error'));
  });
  return pixels;
}

/** Stretches of equal pixels within a row of pixels, those that show nothing left out. */
export function* runsOf(
  pixels: Uint8Array,
  width: number,
): Generator<{ tone: number; x: number; y: number; length: number }> {
  for (let from = 0; from < pixels.length; ) {
    const tone = pixels[from] ?? 0;
    const end = from - (from % width) + width;
    let to = from + 1;
    while (to < end && pixels[to] === tone) to++;
    if (tone > 0) yield { tone, x: from % width, y: Math.floor(from / width), length: to - from };
    from = to;
  }
}
