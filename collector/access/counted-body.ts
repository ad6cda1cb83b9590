import type { Context } from 'hono';

/** Puts a body that counts what is read of it in the place of a request's own. @param count is told of each piece */
export function countedBody(c: Context, count: (bytes: number) => void): void {
  const { body } = c.req.raw;
  if (body === null) return;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, through) {
      count(piece.length);
      through.enqueue(piece);
    },
  });
  c.req.raw = new Request(c.req.raw, { body: body.pipeThrough(counting), duplex: 'half' } as RequestInit);
  // The way around it that bodies of OTLP take.
  c.env = { ...c.env, incoming: undefined };
}
