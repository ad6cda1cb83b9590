import type { StructureSpan } from '../../../../domain/trace-structure.ts';

/** Whether what a row of the waterfall knows of its span holds a piece of text, in any case. */
export function named(span: StructureSpan, piece: string): boolean {
  const wanted = piece.toLowerCase();
  const { name, kind, tool, agent, model, errorType, spanId } = span;
  return [name, kind, tool, agent, model, errorType, spanId].some((text) =>
    text?.toLowerCase().includes(wanted),
  );
}
